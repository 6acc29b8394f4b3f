import { once } from 'node:events';
import type { RunningKonui } from '../konui/start-konui.ts';
import { findHomeProcesses, findMarkedProcesses, type MarkedProcess, signal } from './home-processes.ts';
import type { Journal } from './journal.ts';

export type Target = 'konui' | 'konsole' | 'runner' | 'agent' | 'launcher';

/** A part that ran this long counts as healthy to the launcher (its backoff begins anew). */
const HEALTHY_MS = 10_500;
/** From the fourth death in a row the launcher waits for four seconds and more, which would make rounds long. */
const DEATHS_BEFORE_PATIENCE = 3;

export interface ProcessChaosOptions {
  readonly konui: RunningKonui;
  readonly journal: Journal;
  /** Part of the agent's own command line. */
  readonly program: string;
  readonly sessionIds: ReadonlySet<string>;
}

/** Kills and stops the processes of one home. */
export class ProcessChaos {
  readonly #options: ProcessChaosOptions;
  readonly #paused = new Map<number, NodeJS.Timeout>();
  readonly #deaths = new Map<Target, { count: number; at: number }>();
  #starting: Promise<void> | undefined;
  #restarting: Promise<void> | undefined;
  #needsNewLauncher = false;

  constructor(options: ProcessChaosOptions) {
    this.#options = options;
  }

  /** kill -9 of all of them at once; a session chooses whose runner and agent, else any one's. */
  kill(targets: readonly Target[], why: string, sessionId?: string): void {
    const found = targets.flatMap((target) => this.#find(target, sessionId).map((pid) => ({ target, pid })));
    const killed = found.filter(({ pid }) => signal(pid, 'SIGKILL'));
    this.#options.journal.note(
      `kill ${killed.map(({ target, pid }) => `${target} ${pid}`).join(' + ') || `nobody (${targets.join(' + ')})`}: ${why}`,
    );
    for (const { target } of killed) this.#died(target);
  }

  /** SIGSTOP, and SIGCONT after a while. */
  pause(target: Target, ms: number, sessionId?: string): void {
    for (const pid of this.#find(target, sessionId)) {
      if (this.#paused.has(pid) || !signal(pid, 'SIGSTOP')) continue;
      this.#options.journal.note(`pause ${target} ${pid} for ${ms} ms`);
      this.#paused.set(
        pid,
        setTimeout(() => this.#resume(pid), ms),
      );
    }
  }

  resumeAll(): void {
    for (const pid of this.#paused.keys()) this.#resume(pid);
  }

  /** `konui restart`, beside whatever else happens. */
  restart(): void {
    if (this.#restarting !== undefined) return;
    const { konui, journal } = this.#options;
    journal.note('restart');
    this.#died('konui');
    this.#died('konsole');
    this.#restarting = konui.command('restart').then(({ code, stderr }) => {
      this.#restarting = undefined;
      journal.note(`restarted with code ${code}${code === 0 ? '' : `: ${stderr.trim()}`}`);
    });
  }

  /** Sees to it that a launcher lives that starts again at once what died. True while that is under way. */
  keepLauncher(): boolean {
    if (this.#restarting !== undefined) return true;
    const launcher = this.#options.konui.launcher();
    const isGone = launcher.exitCode !== null || launcher.signalCode !== null;
    if (isGone || this.#needsNewLauncher) this.#starting ??= this.#replaceLauncher();
    return this.#starting !== undefined;
  }

  async settled(): Promise<void> {
    await this.#restarting;
    await this.#starting;
  }

  /** Marked processes of sessions that no runner serves. */
  findOrphans(): MarkedProcess[] {
    const { konui, sessionIds } = this.#options;
    const marked = findMarkedProcesses(sessionIds);
    // In this order: a runner that has just begun has not started anything that was found before it.
    const served = new Set(findHomeProcesses(konui.home).map(({ sessionId }) => sessionId));
    return marked.filter(({ sessionId }) => !served.has(sessionId));
  }

  /** What is alive of this home, for a dump or for the end. */
  describe(): string[] {
    const { konui, sessionIds } = this.#options;
    return [
      ...findHomeProcesses(konui.home).map(({ pid, part, sessionId }) => `${part} ${pid} ${sessionId ?? ''}`.trimEnd()),
      ...findMarkedProcesses(sessionIds).map(
        ({ pid, sessionId, commandLine }) => `marked ${pid} ${sessionId} ${commandLine}`,
      ),
    ];
  }

  async #replaceLauncher(): Promise<void> {
    const { konui, journal } = this.#options;
    const launcher = konui.launcher();
    if (launcher.exitCode === null && launcher.signalCode === null) {
      const exited = once(launcher, 'exit');
      launcher.kill('SIGKILL');
      await exited;
    }
    try {
      await konui.start();
      this.#needsNewLauncher = false;
      this.#deaths.clear();
    } catch (error) {
      // A start may meet a kill; the next look tries again.
      journal.note(`start failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#starting = undefined;
  }

  #died(target: Target): void {
    const { count, at } = this.#deaths.get(target) ?? { count: 0, at: 0 };
    const now = performance.now();
    const deaths = now - at > HEALTHY_MS ? 1 : count + 1;
    this.#deaths.set(target, { count: deaths, at: now });
    if ((target === 'konui' || target === 'konsole') && deaths > DEATHS_BEFORE_PATIENCE) this.#needsNewLauncher = true;
  }

  #find(target: Target, sessionId: string | undefined): number[] {
    const { konui, sessionIds, program } = this.#options;
    if (target === 'launcher') return [konui.launcher().pid ?? []].flat();
    if (target === 'agent') {
      const wanted = sessionId === undefined ? sessionIds : new Set([sessionId]);
      return findMarkedProcesses(wanted)
        .filter(({ commandLine }) => commandLine.includes(program))
        .map(({ pid }) => pid)
        .slice(0, 1);
    }
    const parts = findHomeProcesses(konui.home).filter(({ part }) => part === target);
    if (target !== 'runner') return parts.map(({ pid }) => pid);
    return parts
      .filter((runner) => sessionId === undefined || runner.sessionId === sessionId)
      .map(({ pid }) => pid)
      .slice(0, 1);
  }

  #resume(pid: number): void {
    clearTimeout(this.#paused.get(pid));
    this.#paused.delete(pid);
    signal(pid, 'SIGCONT');
  }
}
