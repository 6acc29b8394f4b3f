import { describe, expect, it } from 'vitest';
import { runEnding } from './run-ending.ts';

const nothing = { error: undefined, limit: undefined };
const end = (stopReason: string, over: { success?: boolean; aborted?: boolean } = {}) => ({
  stopReason,
  success: false,
  aborted: false,
  ...over,
});
const error = (message: string) => ({ ...nothing, error: { code: 'AGENT_ERROR', message } });

describe('runEnding', () => {
  it.each([
    [end('end_turn', { success: true }), nothing, 'quiet', 'Finished', undefined],
    [end('cancelled', { aborted: true }), nothing, 'quiet', 'Stopped', undefined],
    [end('error'), error('Overloaded'), 'problem', 'Failed: Overloaded', 'Try again'],
    [end('error'), nothing, 'problem', 'Failed', 'Try again'],
    [
      end('agent_exited'),
      error('exit code 7'),
      'problem',
      'The agent’s program ended unexpectedly: exit code 7',
      'Try again',
    ],
    [
      end('interrupted'),
      nothing,
      'problem',
      'Interrupted: the machine or the runner went down before the agent had finished.',
      'Send the prompt again',
    ],
    [end('refusal'), nothing, 'problem', 'The agent refused this prompt.', 'Try again'],
    [end('refusal'), error('Not this'), 'problem', 'The agent refused this prompt: Not this', 'Try again'],
    [
      end('max_tokens'),
      nothing,
      'problem',
      'Ended: the agent reached its limit of tokens for one answer.',
      'Try again',
    ],
    [end('something_new'), nothing, 'problem', 'Ended: something_new', 'Try again'],
  ] as const)('%j with %j is %s: %s', (item, facts, tone, text, again) => {
    expect(runEnding(item, facts)).toEqual({ tone, text, again });
  });

  it('says that the quota is used up, with the agent’s words, rather than that it failed', () => {
    const facts = { ...error('429'), limit: { message: 'Resets at 5pm.', resetsAt: undefined } };
    expect(runEnding(end('error'), facts)).toMatchObject({
      text: 'The agent’s quota is used up. Resets at 5pm.',
      again: 'Try again',
    });
  });

  it('says when the quota resets where the agent said so', () => {
    const facts = { ...nothing, limit: { message: '', resetsAt: '2026-03-01T17:00:00.000Z' } };
    expect(runEnding(end('error'), facts).text).toContain('2026');
  });
});
