import { describe, expect, it } from 'vitest';
import { commandOf, inputText, toolKindText, toolStatusText, toolTitle } from './tool-facts.ts';

const tool = {
  toolCallId: 't',
  title: undefined,
  toolKind: undefined,
  status: 'pending',
  rawInput: undefined,
  rawOutput: undefined,
  content: [],
  locations: [],
  output: [],
  exit: undefined,
};

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

describe('inputText', () => {
  it('shows a command as it is and other input as JSON', () => {
    expect(inputText({ ...tool, rawInput: { command: 'ls' } })).toBe('ls');
    expect(inputText({ ...tool, rawInput: { path: '/x' } })).toBe('{\n  "path": "/x"\n}');
  });

  it('shows nothing where there is nothing or a diff says it', () => {
    expect(inputText({ ...tool, rawInput: {} })).toBeUndefined();
    expect(
      inputText({
        ...tool,
        rawInput: { path: '/x' },
        content: [{ type: 'diff', path: '/x', oldText: null, newText: 'a' }],
      }),
    ).toBeUndefined();
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
