import { setTimeout as delay } from 'node:timers/promises';
import { isLevel } from './checks/check-clients.ts';
import type { ChaosWorld } from './chaos-world.ts';
import type { SessionWatch } from './session-watch.ts';

const POLL_MS = 15;
/** A run that is still going so long after the last action is stopped. */
const RUN_MS = 1500;
const STEWARD_EVERY_MS = 800;
const SAY_EVERY_MS = 500;
const NUDGE_EVERY_MS = 400;
/** Longer than any bound of the product: a stop takes up to 10 s, a silent host 30 s. */
const PATIENCE_MS = 60_000;

/** Waits until nothing goes on and nobody lacks anything. Answers with what is still missing after a minute. */
export async function settle(world: ChaosWorld): Promise<string[]> {
  const since = performance.now();
  const { agent } = world;
  let nudgedAt = since;
  let saidAt = since;
  const stewarded = new Map<string, number>();
  let missing: string[] = [];
  while (performance.now() - since < PATIENCE_MS * agent.slowness) {
    world.poll();
    const isStarting = world.processes.keepLauncher();
    const now = performance.now();
    for (const session of world.sessions)
      steward(world, { session, stewarded, mayStop: now - since > RUN_MS * agent.slowness });
    missing = isStarting ? ['the launcher is starting'] : findMissing(world);
    if (missing.length === 0) return [];
    if (now - saidAt > SAY_EVERY_MS) {
      saidAt = now;
      world.journal.note(
        `waiting: ${missing[0]?.slice(0, 160)}${missing.length > 1 ? ` (and ${missing.length - 1} more)` : ''}`,
      );
    }
    if (now - nudgedAt > NUDGE_EVERY_MS) {
      nudgedAt = now;
      for (const client of world.everyone) {
        if (client.isBusy || !world.sessions.every((session) => isLevel(client, session))) client.nudge();
      }
    }
    await delay(POLL_MS);
  }
  return missing;
}

/** Answers what waits for a person, stops what does not end by itself, and lets a held queue go on. */
function steward(
  world: ChaosWorld,
  options: { session: SessionWatch; stewarded: Map<string, number>; mayStop: boolean },
): void {
  const { session, stewarded, mayStop } = options;
  const { sessionId, state } = session;
  const isDue = (what: string): boolean => {
    const now = performance.now();
    if (now - (stewarded.get(what) ?? -Infinity) < STEWARD_EVERY_MS) return false;
    stewarded.set(what, now);
    world.journal.note(`steward ${what} of ${sessionId.slice(0, 4)}`);
    return true;
  };
  for (const { requestId } of state.pendingPermissions) {
    if (!isDue(`answers ${requestId}`)) continue;
    const commandId = crypto.randomUUID();
    world.steward.command({ type: 'chat.permission-response', sessionId, requestId, allow: true, commandId });
  }
  if (state.run !== undefined && !state.run.isStopping && mayStop && isDue(`stops ${state.run.runId}`)) {
    world.steward.command({ type: 'chat.abort', sessionId, runId: state.run.runId, commandId: crypto.randomUUID() });
  }
  if (state.run === undefined && isHeld(session) && isDue(`resumes ${sessionId}`)) {
    world.steward.command({
      type: 'chat.queue',
      sessionId,
      change: { action: 'resume' },
      commandId: crypto.randomUUID(),
    });
  }
}

function findMissing(world: ChaosWorld): string[] {
  const open = world.sessions.flatMap(({ sessionId, state }) => [
    ...(state.run === undefined
      ? []
      : [`session ${sessionId}: run ${state.run.runId} is open${state.run.isStopping ? ', stopping' : ''}`]),
    ...(state.queue.length === 0 ? [] : [`session ${sessionId}: ${state.queue.length} prompts wait`]),
    ...state.pendingPermissions.map(({ requestId }) => `session ${sessionId}: permission ${requestId} is open`),
  ]);
  if (open.length > 0) return open;
  const behind = world.everyone.flatMap((client) => {
    const sessions = world.sessions.filter((session) => !isLevel(client, session)).map(({ sessionId }) => sessionId);
    return client.isBusy || sessions.length > 0
      ? [`${client.describe()} lacks ${sessions.join(', ') || 'answers'}`]
      : [];
  });
  if (behind.length > 0) return behind;
  // Last, since it reads files: commands that no event has answered.
  return world.sessions.flatMap((session) =>
    session
      .readInbox()
      .filter(({ commandId }) => !session.state.answered.has(String(commandId)))
      .map(
        ({ commandId, type }) => `session ${session.sessionId}: ${String(type)} ${String(commandId)} is not answered`,
      ),
  );
}

const isHeld = ({ state }: SessionWatch): boolean => state.queue.length > 0 && state.queueHold !== undefined;
