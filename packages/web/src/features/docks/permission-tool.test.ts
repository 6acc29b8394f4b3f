import { RequestId, RunId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { permissionTitle, permissionTool } from './permission-tool.ts';

const id = '00000000-0000-4000-8000-000000000001';
const asked = (toolCall: { toolCallId: string; [field: string]: unknown }) => ({
  requestId: RequestId.parse(id),
  runId: RunId.parse(id),
  seq: 1,
  at: '',
  toolCall,
  options: [],
});
const known = {
  type: 'tool',
  key: 1,
  at: '',
  runId: 'r',
  toolCallId: 't',
  title: 'npm test',
  toolKind: 'execute',
  status: 'in_progress',
  rawInput: { command: 'npm test' },
  rawOutput: undefined,
  content: [],
  locations: [],
  output: [],
  exit: undefined,
} as const;

describe('permissionTool', () => {
  it('takes from the transcript what the request leaves out', () => {
    expect(permissionTool(asked({ toolCallId: 't' }), known)).toMatchObject({
      title: 'npm test',
      toolKind: 'execute',
      rawInput: { command: 'npm test' },
    });
  });

  it('prefers the request’s own words', () => {
    const own = { toolCallId: 't', title: 'rm -rf /', kind: 'delete', rawInput: { command: 'rm -rf /' } };
    expect(permissionTool(asked(own), known)).toMatchObject({
      title: 'rm -rf /',
      toolKind: 'delete',
      rawInput: { command: 'rm -rf /' },
    });
  });

  it('drops content that it cannot read', () => {
    const diff = { type: 'diff', path: '/x', oldText: null, newText: 'a' };
    expect(
      permissionTool(asked({ toolCallId: 't', content: [null, { type: 'diff' }, diff] }), undefined).content,
    ).toEqual([diff]);
  });
});

describe('permissionTitle', () => {
  it('does not say the command twice', () => {
    expect(permissionTitle({ ...known, title: '`npm test`' })).toBe('Run');
    expect(permissionTitle({ ...known, title: 'Run the tests' })).toBe('Run the tests');
    expect(permissionTitle({ ...known, title: undefined, rawInput: undefined })).toBe('Run');
  });
});
