import { setTimeout as delay } from 'node:timers/promises';
import type { RunnerHello, RunnerLink } from './runner-link.ts';
import { RunnerPulse } from './runner-pulse.ts';
import type { RunnerProcess } from './start-runner.ts';

export interface SupervisorTiming {
  /** Silent for longer than this, a runner counts as not responding. */
  readonly helloMs: number;
  /** The same of one that was started here and lives: a busy machine takes long to start a process. */
  readonly startMs: number;
  /** Between two looks at whether a connected runner still answers. */
  readonly pingMs: number;
  readonly firstBackoffMs: number;
  readonly lastBackoffMs: number;
  /** A runner that lived for longer did not die at once. */
  readonly stableMs: number;
}

const DEFAULT_TIMING: SupervisorTiming = {
  helloMs: 5_000,
  startMs: 20_000,
  pingMs: 5_000,
  firstBackoffMs: 200,
  lastBackoffMs: 5_000,
  stableMs: 10_000,
};
const FIRST_KNOCK_MS = 20;
const LAST_KNOCK_MS = 250;

export interface SupervisorOptions {
  /** Resolves to undefined where nobody listens. */
  connect(): Promise<RunnerLink | undefined>;
  start(): RunnerProcess;
  /** Whether a process holds the session's lock. */
  isLocked(): boolean;
  /** Reads the files and says whether a runner has something to do. */
  isNeeded(): Promise<boolean>;
  /** A runner said hello, left, fell silent, or is no longer wanted. */
  onChange(): void;
  onWarning(message: string, fields?: object): void;
  timing?: Partial<SupervisorTiming>;
}

interface ReachedRunner {
  readonly link: RunnerLink;
  readonly hello: RunnerHello;
}

/** Sees to it that a session that needs a runner has one. Never starts a second one beside a living one, and ends none by itself. */
export class RunnerSupervisor {
  readonly #options: SupervisorOptions;
  readonly #timing: SupervisorTiming;
  readonly #ended = new AbortController();
  #link: RunnerLink | undefined;
  #pid: number | undefined;
  #pulse: RunnerPulse | undefined;
  #connecting: RunnerLink | undefined;
  #isBusy = false;
  #wasRung = false;
  #isResponding = true;
  #silentSince = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
  }

  /** False when a runner has not said hello or answered a ping in time. */
  get isResponding(): boolean {
    return this.#isResponding;
  }

  /** Whether there is a runner, or one is wanted. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  get isConnected(): boolean {
    return this.#link !== undefined;
  }

  /** The inbox grew: rings the runner, starting one if none lives. */
  ring(): void {
    if (this.#link === undefined) this.#begin();
    else {
      this.#link.ring();
      this.#pulse?.check();
    }
  }

  /** The connected runner answered a ping. */
  beat(): void {
    this.#pulse?.beat();
  }

  /** Wants the memory of the runner's agent, if that has no work. */
  endAgent(): void {
    this.#link?.endAgent();
  }

  /** Sends a signal to the runner that is connected; SIGTERM means stop, complete, leave. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    // The connection is open, so that the pid is still that of the process which said it.
    if (this.#link === undefined || this.#pid === undefined) return;
    try {
      process.kill(this.#pid, signal);
    } catch (error) {
      // It is gone, which the connection will say.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }

  /** Connects to a runner that lives already; resolves to false if none listens. */
  async adopt(): Promise<boolean> {
    if (this.#isBusy) return true;
    const link = await this.#options.connect();
    if (link === undefined) return false;
    if (this.#isBusy || this.#ended.signal.aborted) link.close();
    else this.#begin(link);
    return true;
  }

  /** Lets go of the runner, which goes on. */
  close(): void {
    this.#ended.abort();
    this.#pulse?.close();
    this.#link?.close();
    this.#connecting?.close();
  }

  #begin(link?: RunnerLink): void {
    this.#wasRung = true;
    if (this.#isBusy || this.#ended.signal.aborted) return;
    this.#isBusy = true;
    this.#supervise(link).then(
      () => this.#rest(),
      (error: unknown) => {
        this.#options.onWarning('watching over a runner failed', { err: error });
        this.#rest();
      },
    );
  }

  #rest(): void {
    this.#isBusy = false;
    this.#isResponding = true;
    if (!this.#ended.signal.aborted) this.#options.onChange();
  }

  async #supervise(adopted: RunnerLink | undefined): Promise<void> {
    let backoffMs = this.#timing.firstBackoffMs;
    let found = adopted;
    this.#silentSince = performance.now();
    while (!this.#ended.signal.aborted) {
      this.#wasRung = false;
      const reached = await this.#reach(found);
      found = undefined;
      if (reached !== undefined && (await this.#accompany(reached)) > this.#timing.stableMs) backoffMs = 0;
      if (this.#ended.signal.aborted) return;
      // A command that came while the files were read is told by `#wasRung`.
      if (!(await this.#options.isNeeded()) && !this.#wasRung) return;
      await this.#pause(backoffMs);
      backoffMs = Math.min(Math.max(backoffMs * 2, this.#timing.firstBackoffMs), this.#timing.lastBackoffMs);
    }
  }

  /** Resolves to how long the runner stayed, in milliseconds. */
  async #accompany({ link, hello }: ReachedRunner): Promise<number> {
    const since = performance.now();
    this.#link = link;
    this.#pid = hello.pid;
    this.#setResponding(true);
    // What was written before the runner listened.
    link.ring();
    if (hello.answersPing === true) {
      this.#pulse = new RunnerPulse({
        ping: () => link.ping(),
        onJudged: (isAlive) => this.#setResponding(isAlive),
        dueMs: this.#timing.helloMs,
        everyMs: this.#timing.pingMs,
      });
    }
    await link.closed;
    this.#pulse?.close();
    this.#pulse = this.#link = this.#pid = undefined;
    this.#silentSince = performance.now();
    this.#isResponding = true;
    if (!this.#ended.signal.aborted) this.#options.onChange();
    return this.#silentSince - since;
  }

  /** A runner that said hello; undefined if the one that was started here died before that. */
  async #reach(adopted: RunnerLink | undefined): Promise<ReachedRunner | undefined> {
    let child: RunnerProcess | undefined;
    let link = adopted;
    let knockMs = FIRST_KNOCK_MS;
    while (!this.#ended.signal.aborted) {
      link ??= await this.#options.connect();
      const hello = link === undefined ? undefined : await this.#hearHello(link, child);
      if (link !== undefined && hello !== undefined) return { link, hello };
      link = undefined;
      if (this.#ended.signal.aborted) return undefined;
      if (child === undefined || child.hasExited) {
        // Asked only while no child of ours is about to take the lock.
        const isLocked = this.#options.isLocked();
        if (!isLocked && child !== undefined) {
          this.#options.onWarning('a runner died before it said hello', { how: await child.exited });
          return undefined;
        }
        if (!isLocked) child = this.#options.start();
      }
      this.#judgeSilence(child);
      await this.#pause(this.#isResponding ? knockMs : Math.max(knockMs, this.#timing.lastBackoffMs), child);
      knockMs = Math.min(knockMs * 2, LAST_KNOCK_MS);
    }
    return undefined;
  }

  async #hearHello(link: RunnerLink, child: RunnerProcess | undefined): Promise<RunnerHello | undefined> {
    this.#connecting = link;
    // A runner that is stopped accepts connections all the same. It is waited for: what it is to do stands in its files.
    const patience = setTimeout(
      () => this.#judgeSilence(child),
      Math.max(0, this.#silentSince + this.#patienceMs(child) - performance.now()) + 1,
    );
    const hello = await link.hello;
    clearTimeout(patience);
    this.#connecting = undefined;
    if (hello === undefined) link.close();
    return hello;
  }

  #judgeSilence(child: RunnerProcess | undefined): void {
    if (performance.now() - this.#silentSince >= this.#patienceMs(child)) this.#setResponding(false);
  }

  #patienceMs(child: RunnerProcess | undefined): number {
    return child === undefined || child.hasExited ? this.#timing.helloMs : this.#timing.startMs;
  }

  #setResponding(isResponding: boolean): void {
    if (this.#isResponding === isResponding) return;
    this.#isResponding = isResponding;
    this.#options.onChange();
  }

  /** Ends early when the child ends. */
  async #pause(ms: number, child?: RunnerProcess): Promise<void> {
    const { signal } = this.#ended;
    const ended = new AbortController();
    const pause = delay(ms, undefined, { signal: AbortSignal.any([signal, ended.signal]) }).catch((error: unknown) => {
      if (!signal.aborted && !ended.signal.aborted) throw error;
    });
    if (child === undefined || child.hasExited) return pause;
    await Promise.race([pause, child.exited]);
    ended.abort();
  }
}
