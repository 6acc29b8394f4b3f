import type { ConversationItem } from '@konui/client';
import { Provider, type SessionInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { sessionNotice } from './session-notice.ts';
import { shellCommand } from './shell-command.ts';

const session = { trouble: null, status: 'idle', archived: false, provider: Provider.parse('demo') } as const;
const ended = { runId: 'r', stopReason: 'end_turn', success: true, aborted: false };
const base = { key: 1, at: '2026-01-01T00:00:00.000Z', runId: 'r' };
const authError: ConversationItem = { ...base, type: 'error', code: 'AGENT_AUTH_REQUIRED', message: 'no key' };
const answered: ConversationItem = { ...base, type: 'message', messageId: undefined, content: [] };

function typeOf(over: Partial<SessionInfo>, items: readonly ConversationItem[] = [], stopReason = 'end_turn') {
  return sessionNotice({ items, run: undefined, lastRun: { ...ended, stopReason } }, { ...session, ...over })?.type;
}

describe('the state of a session as a whole', () => {
  it('is said where it is not as usual, the worst first', () => {
    expect(typeOf({})).toBeUndefined();
    expect(typeOf({ archived: true })).toBe('archived');
    expect(typeOf({}, [], 'agent_exited')).toBe('agent_exited');
    expect(typeOf({ archived: true }, [authError])).toBe('sign_in');
    expect(typeOf({ status: 'not_responding' }, [authError])).toBe('not_responding');
    expect(typeOf({ trouble: 'storage_full', status: 'not_responding' })).toBe('storage_full');
  });

  it('is well again when the agent has answered since', () => {
    expect(typeOf({}, [authError, answered])).toBeUndefined();
  });
});

it('writes commands as a shell takes them', () => {
  expect(shellCommand(['agent', 'auth', "it's", 'a b'], { KEY: '$x' })).toBe(`KEY='$x' agent auth 'it'\\''s' 'a b'`);
});
