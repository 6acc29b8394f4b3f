import type { SessionEvent } from '@konui/protocol';

/** Which run is open in each session whose events arrive, so that a stop can name it. */
export class OpenRuns {
  readonly #runs = new Map<string, string>();

  onEvent(event: SessionEvent): void {
    if (event.kind === 'run_started') this.#runs.set(event.sessionId, String(event['runId']));
    else if (event.kind === 'complete') this.#runs.delete(event.sessionId);
  }

  get(sessionId: string): string | undefined {
    return this.#runs.get(sessionId);
  }

  forget(sessionId: string): void {
    this.#runs.delete(sessionId);
  }
}
