import { openLogReader, type Page } from '@konui/log';
import { type HomePaths, type SessionId, type SessionInfo, sessionPaths } from '@konui/protocol';

/** SPEC HOST3. */
const MAX_BYTES = 1024 * 1024;

type Window = { readonly limit: number } & ({ readonly after: number } | { readonly before: number });

export interface SessionHistoryOptions {
  readonly paths: HomePaths;
  /** Throws SESSION_NOT_FOUND or SESSION_GONE. */
  row(sessionId: SessionId): SessionInfo;
}

/** Reads parts of a log, without folding it. */
export class SessionHistory {
  readonly #options: SessionHistoryOptions;

  constructor(options: SessionHistoryOptions) {
    this.#options = options;
  }

  async read(sessionId: SessionId, window: Window) {
    const { epoch } = this.#options.row(sessionId);
    const reader = openLogReader(sessionPaths(this.#options.paths, sessionId).log);
    try {
      const limits = { maxEvents: window.limit, maxBytes: MAX_BYTES };
      const page: Page =
        'before' in window ? reader.readBefore(window.before, limits) : reader.readAfter(window.after, limits);
      return { bytes: Uint8Array.from(page.bytes), epoch, lastSeq: reader.lastSeq(), hasMore: page.more };
    } finally {
      reader.close();
    }
  }
}
