import { randomFault } from '../fault-proxy/random-faults.ts';
import type { ChaosClient, CommandFrame, QueueChange } from './clients/chaos-client.ts';
import type { ChaosWorld } from './chaos-world.ts';
import type { Target } from './process-chaos.ts';
import type { SessionWatch } from './session-watch.ts';

type Action = (world: ChaosWorld) => void;

/** Who dies together. Runner and agent belong to the session that the moment is about. */
const VICTIMS: readonly (readonly [number, readonly Target[]])[] = [
  [2, ['konui']],
  [2, ['konsole']],
  [8, ['runner']],
  [5, ['agent']],
  [0.5, ['konui', 'konsole']],
  [1.5, ['konsole', 'runner']],
  [1.5, ['runner', 'agent']],
  [0.5, ['konui', 'konsole', 'runner']],
  [0.15, ['launcher']],
];

/** The moments at which a process dies: the first event of such a kind in one session. */
const MOMENTS = [
  'prompt',
  'run_started',
  'agent_message_chunk',
  // What the scripted agent likes to send last, a moment before it answers.
  'chaos_news',
  'tool_call',
  'tool_call_update',
  'permission_request',
  'permission_resolved',
  'stopping',
  'complete',
] as const;

const ACTIONS: readonly (readonly [number, Action])[] = [
  [10, prompt],
  [9, answer],
  [2.5, stop],
  [3, changeQueue],
  [3, resend],
  [5, breakNetwork],
  [1.5, reload],
  [1, (world) => world.processes.kill(world.random.weighted(VICTIMS), 'any moment', pickSession(world).sessionId)],
  [2, killAtMoment],
  [1.5, killAtEvent],
  [1, pause],
  [0.03, (world) => world.processes.restart()],
];

/** Does one random thing. */
export function actAtRandom(world: ChaosWorld): void {
  world.random.weighted(ACTIONS)(world);
}

function prompt(world: ChaosWorld): void {
  const { random, agent, journal } = world;
  const { sessionId } = pickSession(world);
  const clientMessageId = randomId(world);
  const frame: CommandFrame = {
    type: 'chat.send',
    sessionId,
    clientMessageId,
    content: agent.promptText(random, clientMessageId),
  };
  const client = random.pick(world.clients);
  journal.note(
    `prompt ${clientMessageId} to ${sessionId.slice(0, 4)} by ${client.name}: ${frame.content.slice(43, 140)}`,
  );
  world.send(client, frame);
  // As after a lost acknowledgement, on another connection.
  if (random.chance(0.2)) sendAgain(world, frame);
  if (random.chance(0.08)) world.processes.kill(random.weighted(VICTIMS), 'right after a prompt was sent', sessionId);
}

function answer(world: ChaosWorld): void {
  const { random, journal } = world;
  const asking = world.sessions.filter(({ state }) => state.pendingPermissions.length > 0);
  if (asking.length === 0) return;
  const { sessionId, state } = random.pick(asking);
  const { requestId } = random.pick(state.pendingPermissions);
  for (let count = random.chance(0.3) ? 2 : 1; count > 0; count -= 1) {
    const client = random.pick(world.clients);
    const allow = random.chance(0.8);
    journal.note(`answer ${allow} to ${requestId} of ${sessionId.slice(0, 4)} by ${client.name}`);
    world.send(client, { type: 'chat.permission-response', sessionId, requestId, allow, commandId: randomId(world) });
  }
}

function stop(world: ChaosWorld): void {
  const { random, journal } = world;
  const running = world.sessions.filter(({ state }) => state.run !== undefined);
  if (running.length === 0) return;
  const { sessionId, state } = random.pick(running);
  const runId = random.chance(0.6) ? state.run?.runId : undefined;
  for (let count = random.chance(0.2) ? 2 : 1; count > 0; count -= 1) {
    const client = random.pick(world.clients);
    journal.note(`stop ${runId ?? 'any run'} of ${sessionId.slice(0, 4)} by ${client.name}`);
    const frame = { type: 'chat.abort', sessionId, commandId: randomId(world) } as const;
    world.send(client, runId === undefined ? frame : { ...frame, runId });
  }
  if (random.chance(0.1)) world.processes.kill(random.weighted(VICTIMS), 'while stopping', sessionId);
}

function changeQueue(world: ChaosWorld): void {
  const { random, agent, journal } = world;
  const waiting = world.sessions.filter(({ state }) => state.queue.length > 0);
  if (waiting.length === 0) return;
  const { sessionId, state } = random.pick(waiting);
  const { promptId } = random.pick(state.queue);
  const which = { promptId, queueVersion: state.queueVersion };
  const change = random.weighted<() => QueueChange>([
    [2, () => ({ action: 'hold' })],
    [2, () => ({ action: 'resume' })],
    [2, () => ({ action: 'remove', ...which })],
    [2, () => ({ action: 'send_now', ...which })],
    [2, () => ({ action: 'move', ...which, before: random.pick([null, random.pick(state.queue).promptId]) })],
    [2, () => ({ action: 'edit', ...which, content: agent.promptText(random, promptId) })],
  ])();
  const client = random.pick(world.clients);
  journal.note(`queue ${change.action} ${promptId} of ${sessionId.slice(0, 4)} by ${client.name}`);
  journal.count(`queue ${change.action}`);
  world.send(client, { type: 'chat.queue', sessionId, change, commandId: randomId(world) });
}

function resend(world: ChaosWorld): void {
  if (world.sent.length > 0) sendAgain(world, world.random.pick(world.sent));
}

function sendAgain(world: ChaosWorld, frame: CommandFrame): void {
  // The SDK gives ids to stops and answers itself, so only a bare client can repeat those.
  const able = world.clients.filter(({ promised }) => frame.type === 'chat.send' || promised === undefined);
  const client: ChaosClient = world.random.pick(able);
  const id = frame.type === 'chat.send' ? frame.clientMessageId : frame.commandId;
  world.journal.note(`resend ${frame.type} ${id} by ${client.name}`);
  client.command(frame);
}

function breakNetwork(world: ChaosWorld): void {
  const { random, proxy, journal } = world;
  const open = proxy.connections.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return;
  const fault = randomFault(random);
  journal.note(`network ${JSON.stringify(fault)}`);
  journal.count(`network ${fault.kind}`);
  random.pick(open).apply(fault);
}

function reload(world: ChaosWorld): void {
  const client = world.random.pick(world.clients);
  world.journal.note(`reload ${client.name}: ${client.reload()}`);
}

function killAtMoment(world: ChaosWorld): void {
  const { random, processes } = world;
  const moment = random.pick(MOMENTS);
  const victims = random.weighted(VICTIMS);
  const { sessionId } = pickSession(world);
  const delayMs = random.pick([0, 0, 1, 5, 20]);
  world.onEvent.add(function listen(event, watch) {
    const isMoment =
      event.kind === moment || (moment === 'stopping' && event.kind === 'status' && event['state'] === 'stopping');
    if (watch.sessionId !== sessionId || !isMoment) return;
    world.onEvent.delete(listen);
    setTimeout(() => processes.kill(victims, `${delayMs} ms after ${moment} (event ${event.seq})`, sessionId), delayMs);
  });
}

/** After so many more events of a session, whatever they are. */
function killAtEvent(world: ChaosWorld): void {
  const { random, processes } = world;
  const victims = random.weighted(VICTIMS);
  const { sessionId } = pickSession(world);
  let left = random.between(1, 60);
  world.onEvent.add(function listen(event, watch) {
    if (watch.sessionId !== sessionId || (left -= 1) > 0) return;
    world.onEvent.delete(listen);
    processes.kill(victims, `at event ${event.seq} (${event.kind})`, sessionId);
  });
}

function pause(world: ChaosWorld): void {
  const { random, processes } = world;
  const target = random.pick(['runner', 'runner', 'konsole', 'konui', 'agent'] as const);
  processes.pause(target, random.between(50, 900), pickSession(world).sessionId);
}

/** Rather a session where something is going on. */
function pickSession(world: ChaosWorld): SessionWatch {
  const running = world.sessions.filter(({ state }) => state.run !== undefined);
  return world.random.pick(running.length > 0 && world.random.chance(0.6) ? running : world.sessions);
}

/** A UUID from the seed. */
function randomId({ random }: ChaosWorld): string {
  const hex = Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
