import type { AnyMessage, Stream } from '@agentclientprotocol/sdk';
import { isRecord } from '@konui/protocol';
import type { Readable, Writable } from 'node:stream';

/** A line that is longer is no message; the largest that agents send are whole-file diffs and images. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** A message that nests deeper is none either: whoever walks through it later has a stack to lose. */
const MAX_DEPTH = 256;

export interface AcpStreamOptions {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Every `session/update`, before the SDK's validation, which (2.4.0) drops kinds that it does not know. */
  readonly onUpdate: (sessionId: string, update: Readonly<Record<string, unknown>>) => void;
  /** Every other message from the agent, as it came; the SDK's parsers (2.4.0) leave out fields that they do not know. */
  readonly onMessage: (message: Readonly<Record<string, unknown>>) => void;
  /** Every message to the agent. */
  readonly onSent: (message: AnyMessage) => void;
  /** What the agent printed that is no JSON-RPC message. */
  readonly onGarbage: (line: string) => void;
}

/** The agent's stdio as a stream of JSON-RPC messages (ACP, "Transports": one JSON text a line). */
export function createAcpStream(options: AcpStreamOptions): Stream {
  const { stdin, stdout, onUpdate, onMessage, onSent, onGarbage } = options;
  const decoder = new TextDecoder();
  let rest: Buffer[] = [];
  let restBytes = 0;

  let isOpen = true;

  const readable = new ReadableStream<AnyMessage>({
    // The connection gives up reading when a write fails, which it does before stdout ends.
    cancel() {
      isOpen = false;
    },
    start(controller) {
      const onLine = (line: string): void => {
        if (line.trim() === '') return;
        const message = parseMessage(line);
        if (message === undefined) return onGarbage(line);
        const update = toUpdate(message);
        if (update !== undefined) return onUpdate(update.sessionId, update.update);
        onMessage(message);
        if (isOpen) controller.enqueue(message as unknown as AnyMessage);
      };
      const onData = (chunk: Buffer): void => {
        let start = 0;
        for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, start)) {
          rest.push(chunk.subarray(start, at));
          const line = decoder.decode(rest.length === 1 ? rest[0] : Buffer.concat(rest));
          rest = [];
          restBytes = 0;
          start = at + 1;
          onLine(line);
        }
        if (start === chunk.length) return;
        rest.push(chunk.subarray(start));
        restBytes += chunk.length - start;
        if (restBytes > MAX_LINE_BYTES) {
          onGarbage(`(a line of more than ${MAX_LINE_BYTES} bytes)`);
          rest = [];
          restBytes = 0;
        }
      };
      const onEnd = (): void => {
        stdout.off('data', onData);
        if (isOpen) controller.close();
        isOpen = false;
      };
      stdout.on('data', onData);
      stdout.once('end', onEnd);
      stdout.once('error', onEnd);
      stdout.once('close', onEnd);
    },
  });

  const writable = new WritableStream<AnyMessage>({
    write: (message) =>
      new Promise((resolve, reject) => {
        onSent(message);
        stdin.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()));
      }),
  });
  return { readable, writable };
}

function parseMessage(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && value['jsonrpc'] === '2.0' && !isDeeper(value, MAX_DEPTH) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((field) => isDeeper(field, levels - 1));
}

function toUpdate(
  message: Record<string, unknown>,
): { sessionId: string; update: Readonly<Record<string, unknown>> } | undefined {
  if (message['method'] !== 'session/update' || !isRecord(message['params'])) return undefined;
  const { sessionId, update } = message['params'];
  if (typeof sessionId !== 'string' || !isRecord(update) || typeof update['sessionUpdate'] !== 'string')
    return undefined;
  return { sessionId, update };
}
