import { type LogReader, openLogReader, type Page } from '@konui/log';
import {
  type HistoryAnswer,
  type HomePaths,
  parseSessionEvent,
  type SessionEvent,
  type SessionId,
  type SessionInfo,
  sessionPaths,
} from '@konui/protocol';
import type { HistoryState } from '../history-state.ts';
import { findEarlierTools } from './find-earlier-tools.ts';
import { readMergedPage } from './read-merged-page.ts';

/** SPEC HOST3. */
const MAX_BYTES = 1024 * 1024;

type Window = { readonly limit: number } & ({ readonly after: number } | { readonly before: number });

export interface SessionHistoryOptions {
  readonly paths: HomePaths;
  /** Throws SESSION_NOT_FOUND or SESSION_GONE. */
  row(sessionId: SessionId): SessionInfo;
  /** Of the log as it is now; rejects as `row` throws. */
  state(sessionId: SessionId): Promise<HistoryState>;
}

/** Reads parts of a log, without folding it. */
export class SessionHistory {
  readonly #options: SessionHistoryOptions;

  constructor(options: SessionHistoryOptions) {
    this.#options = options;
  }

  async read(sessionId: SessionId, window: Window) {
    const { epoch } = this.#options.row(sessionId);
    using open = this.#open(sessionId);
    const limits = { maxEvents: window.limit, maxBytes: MAX_BYTES };
    const page: Page =
      'before' in window ? open.reader.readBefore(window.before, limits) : open.reader.readAfter(window.after, limits);
    return { bytes: Uint8Array.from(page.bytes), epoch, lastSeq: open.reader.lastSeq(), hasMore: page.more };
  }

  /** A page of merged events of at most `bytes` of JSON: the end of the log, or what lies just below `before` (SPEC HIST). */
  async readMerged(
    sessionId: SessionId,
    { before, bytes }: { before?: number; bytes: number },
  ): Promise<HistoryAnswer> {
    const { epoch, lastSeq } = this.#options.row(sessionId);
    if (before === undefined) return this.#readTail(sessionId, bytes);
    using open = this.#open(sessionId);
    const { events, firstSeq, hasMore } = await readMergedPage(open.reader, before, bytes);
    const earlier = await findEarlierTools(open.reader, { events, firstSeq }, []);
    const context = earlier.requests;
    return { epoch, lastSeq, firstSeq, more: hasMore, earlierTools: earlier.tools, context, events };
  }

  async #readTail(sessionId: SessionId, bytes: number): Promise<HistoryAnswer> {
    const { epoch, lastSeq, state, openToolCalls, landmarks } = await this.#options.state(sessionId);
    using open = this.#open(sessionId);
    const { events, firstSeq, hasMore } = await readMergedPage(open.reader, lastSeq + 1, bytes);
    const earlier = await findEarlierTools(open.reader, { events, firstSeq }, openToolCalls);
    const lasting = landmarks.filter((seq) => seq < firstSeq).flatMap((seq) => eventOf(open.reader, seq) ?? []);
    const context = [...lasting, ...earlier.requests].sort((one, other) => one.seq - other.seq);
    return { epoch, lastSeq, firstSeq, more: hasMore, state, earlierTools: earlier.tools, context, events };
  }

  #open(sessionId: SessionId): Disposable & { readonly reader: LogReader } {
    const reader = openLogReader(sessionPaths(this.#options.paths, sessionId).log);
    return { reader, [Symbol.dispose]: () => reader.close() };
  }
}

function eventOf(reader: LogReader, seq: number): SessionEvent | undefined {
  const { bytes } = reader.readAfter(seq - 1, { maxEvents: 1, maxBytes: ONE_EVENT_BYTES });
  return parseSessionEvent(bytes.toString('utf8'));
}

// A longer line is read alone all the same.
const ONE_EVENT_BYTES = 16 * 1024;
