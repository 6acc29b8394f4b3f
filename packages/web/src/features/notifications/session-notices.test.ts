import { newId, RunId, type SessionInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { sampleSession } from '../../gallery/sample-sessions.ts';
import { noticesOf } from './session-notices.ts';

const row = (over: Partial<SessionInfo> = {}): SessionInfo =>
  sampleSession(1, 'Tidy up', { status: 'working', runId: newId(RunId), lastSeq: 1, ...over });
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
