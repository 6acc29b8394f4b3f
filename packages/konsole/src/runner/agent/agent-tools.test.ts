import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findAgentTools } from './agent-tools.ts';

function open(environment: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'konui-tools-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const find = () =>
    findAgentTools({ home, sessionId: 'the-session', provider: 'codex', startId: 'the-start', environment });
  const writeCommand = (): void => {
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin', 'konui'), '#!/bin/sh\n');
  };
  return { home, find, writeCommand };
}

it("[KON9] B10: an agent gets the kontask tools from its home's command, which carries the marker of its start", () => {
  const { home, find, writeCommand } = open();
  writeCommand();
  expect(find().mcpServers).toEqual([
    {
      name: 'konui',
      command: join(home, 'bin', 'konui'),
      args: ['mcp', '--home', home, '--session', 'the-session', '--provider', 'codex'],
      env: [{ name: 'KONUI_MARKER', value: 'the-session:the-start' }],
    },
  ]);
});

it('[KON9] is not asked about the tools that only leave records, and is about a prompt to another session', () => {
  const { find, writeCommand } = open();
  writeCommand();
  const meta = JSON.stringify(find()._meta);
  expect(meta).toContain('mcp__konui__kontask_complete');
  expect(meta).not.toContain('inject_prompt');
});

it('[KON9] gets none where the home has no command, or KONUI_NO_TOOLS says so', () => {
  expect(open().find()).toEqual({ mcpServers: [] });
  const { find, writeCommand } = open({ KONUI_NO_TOOLS: '1' });
  writeCommand();
  expect(find()).toEqual({ mcpServers: [] });
});
