import type { SessionEvent } from '@konui/protocol';

/** More than a page sends again; the oldest are forgotten first. */
const MAX_KEPT = 500;

/** The ids of commands that events have answered, by session. */
export class AnsweredCommands {
  readonly #ids = new Map<string, Set<string>>();

  onEvent(event: SessionEvent): void {
    const isPrompt = event.kind === 'prompt' || event.kind === 'prompt_queued';
    const id = isPrompt ? event['promptId'] : event['commandId'];
    if (typeof id !== 'string') return;
    const ids = this.#ids.get(event.sessionId) ?? new Set();
    this.#ids.set(event.sessionId, ids);
    ids.add(id);
    const [oldest] = ids;
    if (ids.size > MAX_KEPT && oldest !== undefined) ids.delete(oldest);
  }

  has(sessionId: string, commandId: string): boolean {
    return this.#ids.get(sessionId)?.has(commandId) === true;
  }

  forget(sessionId: string): void {
    this.#ids.delete(sessionId);
  }
}
