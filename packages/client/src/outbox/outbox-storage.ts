import { ClientFrame, type ClientFrameInput, KonuiError } from '@konui/protocol';

/** The part of Web Storage that the outbox needs; localStorage and sessionStorage fit. */
export interface OutboxStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A command's frame, with the id that it always has here. */
export type CommandFrame = Extract<
  ClientFrameInput,
  {
    type:
      | 'chat.send'
      | 'chat.abort'
      | 'chat.permission-response'
      | 'chat.elicitation-response'
      | 'chat.queue'
      | 'chat.prepare'
      | 'chat.configure';
  }
>;

export interface StoredCommand {
  readonly commandId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly order: number;
  readonly frame: CommandFrame;
}

/** One key for each command, so that tabs that share a storage do not overwrite each other's. */
const PREFIX = 'konui.outbox.';
/** Browsers give an origin about 5 million characters, and others want some of it. */
const MAX_STORED_CHARACTERS = 3 * 1024 * 1024;

/** The commands that survive a reload. */
export class OutboxStore {
  readonly #storage: OutboxStorage;
  readonly #lengths = new Map<string, number>();
  #total = 0;

  constructor(storage: OutboxStorage) {
    this.#storage = storage;
  }

  /** What an earlier page left, oldest first; what cannot be read is removed. */
  load(): StoredCommand[] {
    const keys = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index));
    const commands: StoredCommand[] = [];
    for (const key of keys) {
      if (key === null || !key.startsWith(PREFIX)) continue;
      const text = this.#storage.getItem(key) ?? '';
      const command = parseStored(key.slice(PREFIX.length), text);
      if (command === undefined) {
        this.#storage.removeItem(key);
        continue;
      }
      this.#count(command.commandId, text.length);
      commands.push(command);
    }
    return commands.sort((one, other) => one.at - other.at || one.order - other.order);
  }

  /** Answers with STORAGE_FULL where the command does not fit: it is sent, but would not survive a reload. */
  save(command: StoredCommand): KonuiError | undefined {
    const { commandId, at, order, frame } = command;
    const text = JSON.stringify({ at, order, frame });
    const reason = `the message is being sent, but at ${Math.ceil(text.length / 1024)} KiB it is too large to survive a reload of the page`;
    if (this.#total + text.length > MAX_STORED_CHARACTERS) return new KonuiError('STORAGE_FULL', reason);
    try {
      this.#storage.setItem(PREFIX + commandId, text);
    } catch (cause) {
      return new KonuiError('STORAGE_FULL', reason, { cause });
    }
    this.#count(commandId, text.length);
    return undefined;
  }

  /** It was kept and is no more: another page on the same storage has removed it. */
  isTakenElsewhere(commandId: string): boolean {
    return this.#lengths.has(commandId) && this.#storage.getItem(PREFIX + commandId) === null;
  }

  remove(commandId: string): void {
    const length = this.#lengths.get(commandId);
    if (length === undefined) return;
    this.#lengths.delete(commandId);
    this.#total -= length;
    this.#storage.removeItem(PREFIX + commandId);
  }

  #count(commandId: string, length: number): void {
    this.#lengths.set(commandId, length);
    this.#total += length;
  }
}

/** A storage that forgets with the page. */
export function createMemoryStorage(): OutboxStorage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** The id of a command frame: for a prompt its clientMessageId. */
function commandIdOf(frame: CommandFrame): string | undefined {
  return frame.type === 'chat.send' ? frame.clientMessageId : frame.commandId;
}

function parseStored(commandId: string, text: string): StoredCommand | undefined {
  let value: { at?: unknown; order?: unknown; frame?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !ClientFrame.safeParse(value.frame).success) return undefined;
  // The frame as it was written, not as parsed: it has to be sent again with the same bytes.
  const frame = value.frame as CommandFrame;
  if (typeof value.at !== 'number' || typeof value.order !== 'number' || commandIdOf(frame) !== commandId) {
    return undefined;
  }
  return { commandId, at: value.at, order: value.order, frame };
}
