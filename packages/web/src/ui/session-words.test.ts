import type { SessionInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { sampleSession } from '../gallery/sample-sessions.ts';
import { folderName, isUnread, sessionMark, sessionStatusText } from './session-words.ts';

const session = (over: Partial<SessionInfo>): SessionInfo =>
  sampleSession(1, null, { projectPath: '/home/me/project', ...over });

const failed = { stopReason: 'error', success: false, aborted: false };

describe('a session in the list', () => {
  it.each([
    [{ status: 'working' }, 'working', 'working'],
    [{ status: 'stopping' }, 'working', 'stopping'],
    [{ status: 'waiting' }, 'needs-you', 'needs you'],
    [{ status: 'not_responding' }, 'trouble', 'not responding'],
    [{ trouble: 'storage_full', status: 'working' }, 'trouble', 'the disk is full'],
    [{ lastRun: { stopReason: 'error', success: false, aborted: false } }, 'trouble', 'last run failed'],
    [{ lastRun: { stopReason: 'cancelled', success: false, aborted: true } }, 'idle', 'idle'],
    [{}, 'idle', 'idle'],
    [{ queuedPrompts: 2, queueHold: 'stopped' }, 'needs-you', '2 prompts on hold'],
    [
      { queuedPrompts: 2, queueHold: 'limit', limit: { resetsAt: null, resumesAt: '2026-01-01' } },
      'idle',
      'quota used up',
    ],
    [{ lastRun: failed, limit: { resetsAt: '2999-01-01', resumesAt: null } }, 'trouble', 'quota used up'],
    [{ lastRun: failed, limit: { resetsAt: '2026-01-01', resumesAt: null } }, 'idle', 'quota should be back'],
  ] as const)('%j is shown as %s, in words: %s', (over, mark, words) => {
    expect(sessionMark(session(over))).toBe(mark);
    expect(sessionStatusText(session(over))).toBe(words);
  });

  it.each([
    [{ lastRun: { stopReason: 'end_turn', success: true, aborted: false } }, true],
    [{ queuedPrompts: 1 }, true],
    [{}, false],
  ] as const)('with news that nobody has seen and %j is unread: %s', (over, isNews) => {
    const seen = (seq: number) => ({ state: 'ready', marks: new Map([[session(over).sessionId, seq]]) });
    expect(isUnread(session({ ...over, lastSeq: 3 }), seen(2))).toBe(isNews);
    expect(isUnread(session({ ...over, lastSeq: 3 }), seen(3))).toBe(false);
  });

  it('is placed by the last part of its folder', () => {
    expect(folderName('/home/me/project/')).toBe('project');
    expect(folderName('/')).toBe('/');
  });
});
