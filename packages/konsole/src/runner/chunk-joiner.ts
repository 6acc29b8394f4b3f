import { isRecord } from '@konui/protocol';

/**
 * Chunks that follow the last written one within this time are joined: it bounds the wake-ups of everything behind
 * the log, and is well below the 10 ms from which on chunks arrive one by one.
 */
const JOIN_WITHIN_MS = 4;

type Update = Readonly<Record<string, unknown>>;

export interface ChunkJoiner {
  add(update: Update): void;
  /** Writes what is held back, so that nothing overtakes it. */
  flush(): void;
}

/** Joins text chunks of one message that arrive in a burst; the first of a burst goes out at once (EVT2). */
export function createChunkJoiner(options: {
  write: (update: Update) => void;
  now?: () => number;
  setTimer?: (callback: () => void, ms: number) => NodeJS.Timeout;
}): ChunkJoiner {
  const { write, now = () => performance.now(), setTimer = setTimeout } = options;
  let held: { update: Update; texts: string[]; key: string } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastWrittenAt = Number.NEGATIVE_INFINITY;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (held === undefined) return;
    const { update, texts } = held;
    held = undefined;
    lastWrittenAt = now();
    write({ ...update, content: { type: 'text', text: texts.join('') } });
  };

  return {
    flush,
    add(update) {
      const chunk = parseTextChunk(update);
      if (chunk === undefined) {
        flush();
        write(update);
        return;
      }
      if (held?.key === chunk.key) {
        held.texts.push(chunk.text);
        return;
      }
      flush();
      const sinceLastMs = now() - lastWrittenAt;
      if (sinceLastMs >= JOIN_WITHIN_MS) {
        lastWrittenAt = now();
        write(update);
        return;
      }
      held = { update, texts: [chunk.text], key: chunk.key };
      timer = setTimer(flush, JOIN_WITHIN_MS - sinceLastMs);
    },
  };
}

/** The text of a chunk that may be joined, and what it must share with the next one. */
function parseTextChunk(update: Update): { text: string; key: string } | undefined {
  const { sessionUpdate, content, ...rest } = update;
  if (sessionUpdate !== 'agent_message_chunk' && sessionUpdate !== 'agent_thought_chunk') return undefined;
  if (!isRecord(content) || content['type'] !== 'text' || typeof content['text'] !== 'string') return undefined;
  if (Object.keys(content).length !== 2) return undefined;
  return { text: content['text'], key: JSON.stringify([sessionUpdate, rest]) };
}
