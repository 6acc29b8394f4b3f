import { writeSync } from 'node:fs';
import type { AgentRecord } from './agent-record.ts';

type Message = Readonly<Record<string, unknown>>;
/** An entry without its instance, which the wire adds. */
type Entry = AgentRecord extends infer Kind ? (Kind extends AgentRecord ? Omit<Kind, 'instance'> : never) : never;

export interface AgentWireOptions {
  readonly instance: string;
  /** Opened with O_APPEND: what is written survives this process. */
  readonly recordFile: number;
  /** Writes a line to the client; pipes take it before this returns. */
  readonly writeLine: (line: string) => void;
}

/** The agent's side of JSON-RPC over stdio, and its record. */
export class AgentWire {
  readonly #options: AgentWireOptions;
  readonly #asked = new Map<number, (result: Message) => void>();

  constructor(options: AgentWireOptions) {
    this.#options = options;
  }

  record(entry: Entry): void {
    writeSync(this.#options.recordFile, `${JSON.stringify({ instance: this.#options.instance, ...entry })}\n`);
  }

  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  answer(id: unknown, result: object): void {
    this.#send({ id, result });
  }

  refuse(id: unknown, message: string): void {
    this.#send({ id, error: { code: -32_603, message } });
  }

  /** Resolves with the client's answer, and with nothing in it when the signal aborts first. */
  async ask(method: string, params: object, signal: AbortSignal): Promise<Message> {
    const id = this.#asked.size + 1;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      signal.addEventListener('abort', () => setTimeout(() => resolve({}), 50), { once: true });
      this.#send({ id, method, params });
    });
  }

  /** Takes the client's answer to what was asked. */
  settle(id: unknown, result: Message): void {
    if (typeof id === 'number') this.#asked.get(id)?.(result);
  }

  #send(message: object): void {
    this.#options.writeLine(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }
}
