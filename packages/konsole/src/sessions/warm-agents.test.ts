import { createSessionState, newId, type QueuedPrompt, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { WarmAgents, type WarmSession } from './warm-agents.ts';

interface Fake extends WarmSession {
  readonly session: { needsRunner: boolean; state: ReturnType<typeof createSessionState> };
  asked: number;
}

function createSession(updatedAt: string): Fake {
  const fake: Fake = {
    record: { sessionId: newId(SessionId) },
    session: { needsRunner: false, state: { ...createSessionState(), updatedAt } },
    runner: {
      endAgent: () => {
        fake.asked++;
      },
    },
    asked: 0,
  };
  return fake;
}

it('[OPT8] ends as many as are too many, those that were used least recently', () => {
  const warm = new WarmAgents({ max: 2 });
  const sessions = ['2026-01-03', '2026-01-01', '2026-01-02', '2026-01-04'].map(createSession);
  for (const session of sessions.slice(0, 2)) warm.note(session, true);
  expect(sessions.map(({ asked }) => asked)).toEqual([0, 0, 0, 0]);
  warm.note(sessions[2] ?? createSession(''), true);
  expect(sessions.map(({ asked }) => asked)).toEqual([0, 1, 0, 0]);
  warm.note(sessions[1] ?? createSession(''), false);
  warm.note(sessions[3] ?? createSession(''), true);
  expect(sessions.map(({ asked }) => asked)).toEqual([0, 1, 1, 0]);
  expect(warm.count).toBe(3);
});

it.each<[string, (session: Fake['session']) => void]>([
  ['a run or a command without an answer', (session) => (session.needsRunner = true)],
  ['a prompt that waits', ({ state }) => state.queue.push({} as QueuedPrompt)],
  ['a permission that waits', ({ state }) => state.pendingPermissions.push({} as never)],
  ['a question that waits', ({ state }) => state.pendingElicitations.push({} as never)],
])('[OPT8] ends none with %s, until that is over', (_what, occupy) => {
  const warm = new WarmAgents({ max: 1 });
  const busy = createSession('2026-01-01');
  const other = createSession('2026-01-02');
  occupy(busy.session);
  other.session.needsRunner = true;
  warm.note(busy, true);
  warm.note(other, true);
  expect([busy.asked, other.asked]).toEqual([0, 0]);
  other.session.needsRunner = false;
  warm.consider();
  expect([busy.asked, other.asked]).toEqual([0, 1]);
});
