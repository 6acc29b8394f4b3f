import type { HostConnection, HostRequest } from './host-connection.ts';
import type { SseEvent } from './sse-parser.ts';
import { SseParser } from './sse-parser.ts';

export interface SseReaderOptions {
  readonly connection: HostConnection;
  readonly request: HostRequest;
  readonly signal: AbortSignal;
  readonly onOpen?: () => void;
  /** Events that arrived in one chunk, at least one. */
  readonly onEvents: (events: readonly SseEvent[]) => void;
}

/** Reads one stream to its end; throws when it breaks, is aborted, or could not be opened. */
export async function readSse({ connection, request, signal, onOpen, onEvents }: SseReaderOptions): Promise<void> {
  const answer = await connection.openStream({ ...request, signal });
  onOpen?.();
  const parser = new SseParser();
  // 'data' and not `for await`: that costs a turn of the microtask queue for every chunk.
  await new Promise<void>((resolve, reject) => {
    answer.body.on('data', (chunk: Buffer) => {
      try {
        const events = parser.push(chunk);
        if (events.length > 0) onEvents(events);
      } catch (error) {
        answer.body.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    answer.body.once('end', resolve);
    answer.body.on('error', reject);
    answer.body.once('close', resolve);
  });
}
