import { describe, expect, it } from 'vitest';
import { hideAgentSessionId } from './hide-agent-session-id.ts';
import { MAX_STRING_BYTES, storeLargeStrings } from './large-strings.ts';

describe('storeLargeStrings', () => {
  it('[SEQ7] stores a string of more than 256 KiB and leaves its beginning', () => {
    const stored: Uint8Array[] = [];
    const large = 'ä'.repeat(MAX_STRING_BYTES);
    const body = { kind: 'tool_call_update', content: [{ type: 'diff', newText: large, oldText: 'small' }] };
    const result = storeLargeStrings(body, (bytes) => `sha-of-${stored.push(bytes)}`);
    expect(result).toEqual({
      kind: 'tool_call_update',
      content: [
        {
          type: 'diff',
          newText: { attachment: 'sha-of-1', byteLength: MAX_STRING_BYTES * 2, preview: 'ä'.repeat(4096) },
          oldText: 'small',
        },
      ],
    });
    expect(Buffer.from(stored[0] ?? []).toString()).toBe(large);
  });

  it('[SEQ7] leaves a body without a large string as it is', () => {
    const body = { kind: 'x', text: 'a'.repeat(MAX_STRING_BYTES) };
    expect(storeLargeStrings(body, () => 'never')).toBe(body);
  });
});

describe('hideAgentSessionId', () => {
  it("[EVT7] replaces the agent's own session id wherever a string equals it", () => {
    const body = { kind: 'x', id: 'native', deep: [{ _meta: { id: 'native', path: '/tmp/native.jsonl' } }] };
    expect(hideAgentSessionId(body, 'native', 'app')).toEqual({
      kind: 'x',
      id: 'app',
      deep: [{ _meta: { id: 'app', path: '/tmp/native.jsonl' } }],
    });
  });

  it('[EVT7] never touches the kind, and nothing where the id does not occur', () => {
    const body = { kind: 'native', text: 'other' };
    expect(hideAgentSessionId(body, 'native', 'app')).toEqual({ kind: 'native', text: 'other' });
    expect(hideAgentSessionId(body, '', 'app')).toBe(body);
  });
});
