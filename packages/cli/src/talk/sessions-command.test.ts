import type { SessionInfo } from '@konui/protocol';
import { sampleSession } from '@konui/testing';
import { expect, it } from 'vitest';
import { listSessions } from './sessions-command.ts';

const busy: Partial<SessionInfo> = { title: 'busy', archived: true, status: 'working' };
const quiet: Partial<SessionInfo> = { title: 'quiet', archived: true };

it('lists an archived session while it runs, and not when it rests', async () => {
  const rows = [busy, quiet].map((over) => sampleSession(over));
  const lines: string[] = [];
  const sessions = { list: () => Promise.resolve(rows), running: () => Promise.resolve(rows.slice(0, 1)) };
  for (const isRunningOnly of [false, true]) {
    await listSessions({ api: { sessions } }, { asJson: false, isRunningOnly }, { print: (line) => lines.push(line) });
  }
  expect(lines).toEqual([expect.stringContaining('busy'), expect.stringContaining('busy')]);
});
