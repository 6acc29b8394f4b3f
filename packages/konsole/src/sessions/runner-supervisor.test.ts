import { newId, SessionId } from '@konui/protocol';
import { expect, it, onTestFinished } from 'vitest';
import type { RunnerHello, RunnerLink } from './runner-link.ts';
import { RunnerSupervisor, type SupervisorTiming } from './runner-supervisor.ts';
import type { RunnerProcess } from './start-runner.ts';

const TIMING = { helloMs: 60, startMs: 60, pingMs: 5, firstBackoffMs: 1, lastBackoffMs: 4, stableMs: 1000 };

const HELLO: RunnerHello = {
  type: 'hello',
  version: 1,
  sessionId: newId(SessionId),
  pid: 1,
  epoch: 'e',
  lastSeq: 0,
};

interface MachineOptions {
  readonly dies?: number;
  readonly isNeeded?: boolean;
  readonly answersPing?: boolean;
  /** What is started lives, but does not listen. */
  readonly isSlow?: boolean;
  readonly timing?: Partial<SupervisorTiming>;
}

/** A machine with at most one runner, whose life the test decides. */
function createMachine(options: MachineOptions = {}) {
  const { dies = 0, isNeeded = true, answersPing = false, isSlow = false, timing = {} } = options;
  const machine = { starts: 0, rings: 0, isLocked: false, isNeeded, knocks: 0, links: 0, pings: 0, isStopped: false };
  let living: { link: RunnerLink; leave: () => void } | undefined;
  const changes = new Set<() => void>();
  const changed = () => {
    for (const change of changes) change();
  };
  const live = (saysHello = true) => {
    const hello = Promise.withResolvers<RunnerHello | undefined>();
    const closed = Promise.withResolvers<void>();
    const leave = () => {
      machine.isLocked = false;
      living = undefined;
      hello.resolve(undefined);
      closed.resolve();
    };
    const say = () => hello.resolve({ ...HELLO, ...(answersPing ? { answersPing } : {}) });
    if (saysHello) say();
    machine.isLocked = true;
    const ring = () => {
      machine.rings++;
      changed();
    };
    const ping = () => {
      machine.pings++;
      if (!machine.isStopped) setImmediate(() => supervisor.beat());
      changed();
    };
    const endAgent = (): void => undefined;
    living = { link: { hello: hello.promise, closed: closed.promise, ring, ping, endAgent, close: leave }, leave };
    return { leave, say };
  };
  const supervisor = new RunnerSupervisor({
    timing: { ...TIMING, ...timing },
    async connect() {
      machine.knocks++;
      changed();
      if (living !== undefined) machine.links++;
      return living?.link;
    },
    start(): RunnerProcess {
      machine.starts++;
      const isDead = machine.starts <= dies;
      if (!isDead && !isSlow) live();
      return { hasExited: isDead, exited: isDead ? Promise.resolve('exit code 1') : new Promise(() => {}) };
    },
    isLocked: () => machine.isLocked,
    isNeeded: async () => machine.isNeeded,
    onChange: changed,
    onWarning() {},
  });
  onTestFinished(() => supervisor.close());
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!condition()) return;
        changes.delete(check);
        resolve();
      };
      changes.add(check);
      check();
    });
  return { machine, supervisor, until, live, leave: () => living?.leave() };
}

it('starts a runner at the first ring and rings it at the next', async () => {
  const { machine, supervisor, until } = createMachine();
  supervisor.ring();
  await until(() => supervisor.isConnected && machine.rings === 1);
  supervisor.ring();
  expect(machine).toMatchObject({ starts: 1, rings: 2 });
});

it('finds a runner that lives and starts none', async () => {
  const { machine, supervisor, until, live } = createMachine();
  live();
  expect(await supervisor.adopt()).toBe(true);
  await until(() => supervisor.isConnected);
  expect(machine).toMatchObject({ starts: 0, links: 1 });
});

it('finds nobody and starts nobody while nothing is needed', async () => {
  const { machine, supervisor } = createMachine();
  expect(await supervisor.adopt()).toBe(false);
  expect(supervisor.isBusy).toBe(false);
  expect(machine.starts).toBe(0);
});

it('starts another runner when one leaves with work undone', async () => {
  const { machine, supervisor, until, leave } = createMachine();
  supervisor.ring();
  await until(() => supervisor.isConnected);
  leave();
  await until(() => machine.starts === 2 && supervisor.isConnected);
  expect(supervisor.isBusy).toBe(true);
});

it('rests when a runner leaves and nothing is left to do', async () => {
  const { machine, supervisor, until, leave } = createMachine();
  supervisor.ring();
  await until(() => supervisor.isConnected);
  machine.isNeeded = false;
  leave();
  await until(() => !supervisor.isBusy);
  expect(machine.starts).toBe(1);
});

it('does not lose a ring that comes while a leaving runner is looked after', async () => {
  const { machine, supervisor, until, leave } = createMachine();
  supervisor.ring();
  await until(() => supervisor.isConnected);
  machine.isNeeded = false;
  leave();
  await until(() => !supervisor.isConnected);
  supervisor.ring();
  await until(() => machine.starts === 2);
  expect(supervisor.isBusy).toBe(true);
});

it('tries again, with growing pauses, when runners die at once', async () => {
  const { machine, supervisor, until } = createMachine({ dies: 4 });
  supervisor.ring();
  await until(() => supervisor.isConnected);
  expect(machine.starts).toBe(5);
});

it('calls a runner that holds the lock and says nothing not responding, and starts no second one', async () => {
  const { machine, supervisor, until, live } = createMachine();
  const stopped = live(false);
  supervisor.ring();
  await until(() => !supervisor.isResponding);
  expect(machine).toMatchObject({ starts: 0, links: 1 });
  stopped.say();
  await until(() => supervisor.isResponding && supervisor.isConnected);
  expect(machine).toMatchObject({ starts: 0, rings: 1 });
});

it('gives a runner that it started itself the time that a busy machine takes to start a process', async () => {
  const patient = createMachine({ isSlow: true, timing: { startMs: 60_000 } });
  patient.supervisor.ring();
  // The pauses between these knocks are longer than a runner of somebody else would be waited for.
  await patient.until(() => patient.machine.knocks === 6);
  expect(patient.supervisor.isResponding).toBe(true);
  expect(patient.machine.starts).toBe(1);
  const { supervisor, until } = createMachine({ isSlow: true, timing: { helloMs: 60_000 } });
  supervisor.ring();
  await until(() => !supervisor.isResponding);
});

it('calls a runner without a socket not responding, and waits for its lock', async () => {
  const { machine, supervisor, until } = createMachine();
  machine.isLocked = true;
  supervisor.ring();
  await until(() => !supervisor.isResponding);
  expect(machine.starts).toBe(0);
  machine.isLocked = false;
  await until(() => supervisor.isConnected);
  expect(machine.starts).toBe(1);
});

it('[HOST10] calls a runner that stops answering after its hello not responding, until it answers again', async () => {
  const { machine, supervisor, until } = createMachine({ answersPing: true });
  supervisor.ring();
  await until(() => supervisor.isConnected && machine.pings > 3);
  expect(supervisor.isResponding).toBe(true);
  machine.isStopped = true;
  await until(() => !supervisor.isResponding);
  expect(supervisor.isConnected).toBe(true);
  machine.isStopped = false;
  supervisor.beat();
  expect(supervisor.isResponding).toBe(true);
  const asked = machine.pings;
  await until(() => machine.pings > asked);
});

it('[BELL3] never asks a runner that does not know the ping', async () => {
  const old = createMachine();
  old.supervisor.ring();
  await old.until(() => old.supervisor.isConnected && old.machine.rings === 1);
  old.supervisor.ring();
  expect(old.machine).toMatchObject({ rings: 2, pings: 0 });
});
