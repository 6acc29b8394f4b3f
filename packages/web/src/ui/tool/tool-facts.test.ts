import { describe, expect, it } from 'vitest';
import { commandOf, toolDurationMs, toolKindText, toolOutcome, toolStatusText, toolTitle } from './tool-facts.ts';
import { toolInput } from './tool-input.ts';

describe('commandOf', () => {
  it.each([
    [{ command: 'npm test' }, 'npm test'],
    [{ command: ['bash', '-lc', 'rm -rf "build dir"'] }, 'rm -rf "build dir"'],
    [{ command: ['git', 'commit', '-m', 'two words'] }, 'git commit -m "two words"'],
    [{ path: '/x' }, undefined],
    [{ command: 7 }, undefined],
    [undefined, undefined],
  ])('%j runs %s', (rawInput, command) => expect(commandOf(rawInput)).toBe(command));
});

describe('toolInput', () => {
  const input = (rawInput: unknown) => toolInput({ rawInput, content: [] });

  it('shows a command as it is, with its folder', () => {
    expect(input({ command: 'ls', cwd: '/x', timeout: 5 })).toEqual({ type: 'command', text: 'ls', folder: '/x' });
  });

  it('shows short fields as such and everything else as JSON', () => {
    expect(input({ path: '/x\u202e', line: 3, all: null })).toEqual({
      type: 'fields',
      fields: [
        { name: 'path', value: '/x[U+202E]', isCode: true },
        { name: 'line', value: '3', isCode: false },
      ],
    });
    expect(input({ edits: [1] })).toEqual({ type: 'json', text: '{\n  "edits": [\n    1\n  ]\n}' });
    expect(input({ text: 'a\nb' })).toMatchObject({ type: 'json' });
    expect(input('plain')).toEqual({ type: 'json', text: 'plain' });
  });

  it('shows nothing where there is nothing or a diff says it', () => {
    expect(input({})).toBeUndefined();
    expect(input(null)).toBeUndefined();
    const content = [{ type: 'diff', path: '/x', oldText: null, newText: 'a' }] as const;
    expect(toolInput({ rawInput: { path: '/x' }, content })).toBeUndefined();
  });
});

describe('toolDurationMs', () => {
  it('is known when a call has ended, and never negative', () => {
    const at = '2026-01-01T00:00:01.000Z';
    expect(toolDurationMs({ at })).toBeUndefined();
    expect(toolDurationMs({ at, endedAt: '2026-01-01T00:00:03.500Z' })).toBe(2500);
    expect(toolDurationMs({ at, endedAt: '2026-01-01T00:00:00.000Z' })).toBe(0);
  });
});

describe('words of a tool call', () => {
  it('names known kinds and statuses, and lets unknown ones stand', () => {
    expect(toolKindText('execute')).toBe('Run');
    expect(toolKindText('brand_new')).toBe('Tool');
    expect(toolStatusText('in_progress')).toBe('running');
    expect(toolStatusText('paused')).toBe('paused');
    expect(toolTitle({ title: '', toolKind: 'read' })).toBe('Read');
  });
});

describe('toolOutcome', () => {
  const rejected = { state: 'rejected', at: '' } as const;
  it.each([
    ['done', { status: 'completed', permission: rejected }],
    ['rejected', { status: 'failed', permission: rejected }],
    ['rejected', { status: 'pending', permission: rejected }],
    ['stopped', { status: 'failed', cutShort: 'stopped' }],
    ['unfinished', { status: 'failed', cutShort: 'unfinished' }],
    ['failed', { status: 'failed', permission: { state: 'allowed', at: '' } }],
    ['waits', { status: 'pending', permission: { state: 'asked', at: '' } }],
    ['open', { status: 'in_progress' }],
  ] as const)('is %s of %j', (outcome, tool) => expect(toolOutcome(tool, false)).toBe(outcome));

  it('is unfinished of what is open when its run is over', () => {
    expect(toolOutcome({ status: 'in_progress' }, true)).toBe('unfinished');
    expect(toolOutcome({ status: 'pending', permission: rejected }, true)).toBe('rejected');
  });

  it('has no time of what never ran, and of what waited the time from its answer', () => {
    const call = { at: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:01:00.000Z' };
    expect(toolDurationMs({ ...call, permission: rejected })).toBeUndefined();
    expect(toolDurationMs({ ...call, permission: { state: 'allowed', at: '2026-01-01T00:00:58.000Z' } })).toBe(2000);
  });
});
