import { describe, expect, it } from 'vitest';
import { fromAnswer, fromExit } from '../run-outcome.ts';
import { fromRpcError } from './session-failure.ts';

const air = (sessionFailure: object) => ({ stopReason: 'end_turn', _meta: { jetbrains: { air: { sessionFailure } } } });

describe('fromAnswer', () => {
  it('[EVT4] takes a typed failure for a failure, although the stop reason is end_turn', () => {
    const outcome = fromAnswer(
      air({ category: 'limit', severity: 'error', title: 'You have hit your limit', resetsAt: 1_800_000_000 }),
    );
    expect(outcome).toMatchObject({
      success: false,
      stopReason: 'error',
      failure: { code: 'LIMIT_REACHED', message: 'You have hit your limit', resetsAt: '2027-01-15T08:00:00.000Z' },
    });
  });

  it('[EVT4] succeeds for end_turn and the token limits, not for refusal or cancelled', () => {
    const success = ['end_turn', 'max_tokens', 'max_turn_requests', 'refusal', 'cancelled'].map(
      (stopReason) => fromAnswer({ stopReason }).success,
    );
    expect(success).toEqual([true, true, true, false, false]);
  });

  it('[EVT4] fails for a stop reason that nobody knows', () => {
    expect(fromAnswer({ stopReason: 'bored' })).toMatchObject({ success: false, failure: { code: 'AGENT_PROTOCOL' } });
  });

  it('hands on the usage as the agent reports it', () => {
    expect(fromAnswer({ stopReason: 'end_turn', usage: { totalTokens: 5 } }).usage).toEqual({ totalTokens: 5 });
  });
});

describe('fromRpcError', () => {
  it('[EVT5] knows the limits of Claude Code, Codex and Gemini CLI and the missing sign-in', () => {
    const code = (error: object) => fromRpcError(error).code;
    expect(code({ code: -32603, message: 'Internal error', data: { errorKind: 'rate_limit' } })).toBe('LIMIT_REACHED');
    expect(code({ code: -32603, message: 'x', data: { codexErrorInfo: 'usageLimitExceeded' } })).toBe('LIMIT_REACHED');
    expect(code({ code: 429, message: 'quota' })).toBe('LIMIT_REACHED');
    expect(code({ code: -32000, message: 'Authentication required' })).toBe('AGENT_AUTH_REQUIRED');
    expect(code({ code: -32603, message: 'boom' })).toBe('AGENT_ERROR');
  });

  it("[EVT5] keeps the agent's own words", () => {
    const error = { code: -32603, message: 'Internal error', data: { details: 'the model said no' } };
    expect(fromRpcError(error).message).toBe('Internal error: the model said no');
  });
});

describe('fromExit', () => {
  it('[EVT5] says how the agent ended and what it said last', () => {
    const outcome = fromExit('Codex', { code: 137, signal: 'SIGKILL', lastWords: 'out of memory' });
    expect(outcome).toMatchObject({ stopReason: 'agent_exited', exitCode: 137, success: false, aborted: false });
    expect(outcome.failure?.message).toBe(
      'Codex exited by signal SIGKILL in the middle of the run. It said: out of memory',
    );
  });
});
