import { Provider, SessionId, type SessionInfo } from '@konui/protocol';

const id = (n: number): SessionInfo['sessionId'] =>
  SessionId.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

/** The time that galleries are drawn at does not matter: what is shown of these is long ago. */
const LONG_AGO = '2024-01-02T03:04:05.000Z';

/** A session for galleries, idle unless it says otherwise. */
export function sampleSession(n: number, title: string | null, over: Partial<SessionInfo> = {}): SessionInfo {
  return {
    sessionId: id(n),
    provider: Provider.parse('claude'),
    projectPath: '/home/me/shop',
    title,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    archived: false,
    status: 'idle',
    runId: null,
    runStartedAt: null,
    pendingPermissions: 0,
    pendingElicitations: 0,
    queuedPrompts: 0,
    queueHold: null,
    limit: null,
    resumeAfterLimit: false,
    lastSeq: 12,
    epoch: 'e',
    lastRun: null,
    trouble: null,
    ...over,
  };
}

/** One of every kind. */
export const sampleSessions: readonly SessionInfo[] = [
  sampleSession(1, 'Fix the login on phones', { status: 'waiting', pendingPermissions: 1 }),
  sampleSession(2, 'Prompts that wait for a word', {
    projectPath: '/home/me/build-tools',
    queuedPrompts: 2,
    queueHold: 'stopped',
  }),
  sampleSession(3, 'Speed up the build', { projectPath: '/home/me/build-tools', status: 'working' }),
  sampleSession(4, 'A title that says much more than any list has room for, and then says it all over again'),
  sampleSession(5, 'Stopping', { status: 'stopping' }),
  sampleSession(6, 'Quota', { limit: { resetsAt: null, resumesAt: '2030-01-01T00:00:00.000Z' }, queuedPrompts: 1 }),
  sampleSession(7, 'Failed at the end', { lastRun: { stopReason: 'error', success: false, aborted: false } }),
  sampleSession(8, null, { projectPath: '/srv/a-folder-with-a-name-that-is-far-too-long-for-any-list' }),
  sampleSession(9, 'Not responding', { status: 'not_responding', projectPath: '/srv/api' }),
  sampleSession(10, 'In the archive', { archived: true }),
];
