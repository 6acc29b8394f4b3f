import { describe, expect, it } from 'vitest';
import { type ConnectionFacts, connectionNotice } from './connection-notice.ts';

const facts = (over: Partial<ConnectionFacts>): ConnectionFacts => ({
  connection: { state: 'connecting', attempt: 1, isRestart: false },
  downSince: 0,
  nowMs: 5000,
  isOffline: false,
  waitingPrompts: 0,
  missingEvents: 0,
  isHostUnreachable: false,
  isOutdated: false,
  ...over,
});

describe('connectionNotice', () => {
  it('says nothing in the first second, so that a short hiccup is not seen', () => {
    expect(connectionNotice(facts({ nowMs: 900 }))).toBeUndefined();
    expect(connectionNotice(facts({ nowMs: 1100 }))?.text).toBe('Connecting…');
  });

  it('says the attempt and when it comes, and lets a person try now', () => {
    const notice = connectionNotice(
      facts({ connection: { state: 'waiting', attempt: 2, nextAttemptAt: 8200, isRestart: false } }),
    );
    expect(notice).toEqual({
      tone: 'problem',
      text: 'Connection lost. Reconnecting (attempt 3)',
      countdown: 'in 4 s',
      action: { label: 'Try now', does: 'retry' },
    });
  });

  it('promises that a gateway that said so will be back', () => {
    const notice = connectionNotice(
      facts({ connection: { state: 'waiting', attempt: 1, nextAttemptAt: 6000, isRestart: true } }),
    );
    expect(notice?.text).toContain('restarts');
  });

  it('asks for a manual reconnect when all attempts failed, at once', () => {
    const notice = connectionNotice(facts({ connection: { state: 'disconnected', reason: 'x' }, nowMs: 0 }));
    expect(notice?.action).toEqual({ label: 'Reconnect', does: 'retry' });
  });

  it('asks to sign in again when the sign-in was refused', () => {
    expect(connectionNotice(facts({ connection: { state: 'refused', code: 'UNAUTHORIZED' } }))?.action?.does).toBe(
      'sign-in',
    );
  });

  it('[C8] says at once that the browser is offline, and how many prompts wait', () => {
    const connection = { state: 'waiting', attempt: 1, nextAttemptAt: 9000, isRestart: false } as const;
    const offline = facts({ connection, nowMs: 10, isOffline: true });
    expect(connectionNotice(offline)?.text).toContain('Offline');
    expect(connectionNotice({ ...offline, waitingPrompts: 2 })?.text).toBe('Offline. 2 prompts wait to be sent.');
    expect(connectionNotice({ ...offline, isOffline: false, nowMs: 5000, waitingPrompts: 1 })?.more).toBe(
      '1 prompt waits to be sent.',
    );
  });
});
