import { DEFAULT_CHOICES, type DemoChoices } from './options.ts';

export interface Spoken {
  readonly role: 'user' | 'agent';
  readonly text: string;
}

/** One conversation with the demo agent. */
export class DemoSession {
  readonly sessionId: string;
  readonly cwd: string;
  readonly history: Spoken[];
  /** What the person has allowed for the rest of the session. */
  readonly allowed = new Set<string>();
  /** As at every start; a client gives its choices again. */
  readonly choices: DemoChoices = { ...DEFAULT_CHOICES };
  readonly #turns = new Set<AbortController>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(sessionId: string, cwd: string, history: readonly Spoken[] = []) {
    this.sessionId = sessionId;
    this.cwd = cwd;
    this.history = [...history];
  }

  /** Runs one turn after the other: a prompt that arrives during a turn waits for its end. */
  async inTurn<Result>(turn: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    this.#turns.add(controller);
    const result = this.#last.then(() => turn(controller.signal));
    this.#last = result.then(
      () => this.#turns.delete(controller),
      () => this.#turns.delete(controller),
    );
    return result;
  }

  /** Aborts the turn that goes on and those that wait. */
  stop(): void {
    for (const turn of this.#turns) turn.abort();
  }
}
