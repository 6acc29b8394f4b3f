import { newId, Provider, SessionId, type SessionInfo } from '@konui/protocol';

/** A session as hosts list it: the demo agent's, idle and without events unless it says otherwise. */
export function sampleSession(over: Partial<SessionInfo> = {}): SessionInfo {
  return {
    sessionId: newId(SessionId),
    provider: Provider.parse('demo'),
    projectPath: '/p',
    title: null,
    createdAt: '2026-01-08T13:11:00.000Z',
    updatedAt: '2026-01-08T13:11:00.000Z',
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
    lastSeq: 0,
    epoch: null,
    lastRun: null,
    trouble: null,
    ...over,
  };
}
