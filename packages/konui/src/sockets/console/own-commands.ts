import type { CommandId } from '@konui/protocol';

/** Older ones are forgotten: their answers are long in the log. */
const MAX_REMEMBERED = 1000;

/** How messages name a command of this socket: by the prompt's id, or by the permission that it answers. */
export interface CommandName {
  readonly id?: string;
  readonly requestId?: string;
}

/** The commands that came in on one socket, so that their answers in the log are told apart from those of others. */
export class OwnCommands {
  readonly #names = new Map<string, CommandName>();

  add(commandId: CommandId, name: CommandName): void {
    this.#names.set(commandId, name);
    const [oldest] = this.#names.keys();
    if (this.#names.size > MAX_REMEMBERED && oldest !== undefined) this.#names.delete(oldest);
  }

  /** Undefined for a command of somebody else. */
  nameOf(commandId: string): CommandName | undefined {
    return this.#names.get(commandId);
  }
}
