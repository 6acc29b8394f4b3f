import { SessionInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { noticesOf } from './session-notices.ts';

const row = (over: Partial<SessionInfo> = {}): SessionInfo =>
  SessionInfo.parse({
    sessionId: '00000000-0000-4000-8000-000000000001',
    provider: 'demo',
    projectPath: '/src/demo',
    title: 'Tidy up',
    createdAt: '2026-01-08T13:11:00.000Z',
    updatedAt: '2026-01-08T13:11:00.000Z',
    archived: false,
    status: 'working',
    runId: '00000000-0000-4000-8000-000000000002',
    runStartedAt: null,
    pendingPermissions: 0,
    pendingElicitations: 0,
    queuedPrompts: 0,
    queueHold: null,
    limit: null,
    resumeAfterLimit: false,
    lastSeq: 1,
    epoch: null,
    lastRun: null,
    trouble: null,
    ...over,
  });
const ended = { status: 'idle', runId: null } as const;

describe('noticesOf', () => {
  it('tells when a session begins to need a person, and takes it back when that is over', () => {
    const [quiet, waiting] = [row(), row({ status: 'waiting', pendingPermissions: 1 })];
    const told = noticesOf([quiet], [waiting]).shown;
    expect(told).toMatchObject([{ type: 'permission', title: 'Needs you: Tidy up' }]);
    expect(noticesOf([waiting], [quiet]).over).toEqual([told[0]?.tag]);
    expect(noticesOf([waiting], [row({ pendingPermissions: 1, lastSeq: 2 })]).shown).toEqual([]);
  });

  it('tells how a run ended, but not one that somebody stopped', () => {
    const lastRun = { stopReason: 'end_turn', success: true, aborted: false };
    expect(noticesOf([row()], [row({ ...ended, lastRun })]).shown).toMatchObject([{ type: 'finished' }]);
    expect(noticesOf([row()], [row({ ...ended, lastRun: { ...lastRun, success: false } })]).shown).toMatchObject([
      { type: 'failed' },
    ]);
    expect(noticesOf([row()], [row({ ...ended, lastRun: { ...lastRun, aborted: true } })]).shown).toEqual([]);
  });

  it('tells nothing of sessions that it sees for the first time', () => {
    expect(noticesOf([], [row({ status: 'waiting', pendingPermissions: 1 })])).toEqual({ shown: [], over: [] });
  });
});
