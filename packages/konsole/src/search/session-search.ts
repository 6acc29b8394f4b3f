import { setImmediate as nextTurn } from 'node:timers/promises';
import { KonuiError, type SearchAnswer, type SearchHit, type SearchQuery, type SessionInfo } from '@konui/protocol';
import { parseQuery, type Phrase, toMatch } from './parse-query.ts';
import { firstIdAt, type SearchStore } from './search-store.ts';
import { toSnippet } from './snippet.ts';

/** What is looked through at once, between which others get their turn: more where much is not wanted. */
const FIRST_BATCH = 64;
const LAST_BATCH = 1024;

export interface SessionSearchOptions {
  readonly store: SearchStore;
  /** Undefined for sessions that are not to be found, such as deleted ones. */
  readonly rowOf: (sessionId: string) => SessionInfo | undefined;
}

/** Full text over all sessions (SPEC SRCH). */
export class SessionSearch {
  readonly #options: SessionSearchOptions;

  constructor(options: SessionSearchOptions) {
    this.#options = options;
  }

  /** Newest first. */
  async search(query: SearchQuery): Promise<SearchAnswer> {
    const phrases = parseQuery(query.q);
    if (phrases.length === 0) return { hits: [], nextCursor: null };
    const match = toMatch(phrases);
    const from = query.from === undefined ? 0 : firstIdAt(timeOf('from', query.from));
    let before = query.to === undefined ? Number.MAX_SAFE_INTEGER : firstIdAt(timeOf('to', query.to));
    if (query.cursor !== undefined) before = Math.min(before, parseCursor(query.cursor));
    const hits: SearchHit[] = [];
    for (let limit = FIRST_BATCH; ; limit = Math.min(limit * 4, LAST_BATCH)) {
      const found = this.#options.store.find(match, { from, before, limit });
      for (const { id, sessionId } of found) {
        const session = this.#options.rowOf(sessionId);
        before = id;
        if (session === undefined || !isWanted(session, query)) continue;
        const hit = this.#toHit(id, session, phrases);
        if (hit !== undefined) hits.push(hit);
        if (hits.length === query.limit) return { hits, nextCursor: String(id) };
      }
      if (found.length < limit) return { hits, nextCursor: null };
      await nextTurn();
    }
  }

  #toHit(id: number, session: SessionInfo, phrases: readonly Phrase[]): SearchHit | undefined {
    const row = this.#options.store.row(id);
    if (row === undefined) return undefined;
    const { sessionId, title, projectPath, provider } = session;
    const { seq, at, kind, text } = row;
    return { sessionId, seq, at, kind, title, projectPath, provider, snippet: toSnippet(text, phrases) };
  }
}

function isWanted(session: SessionInfo, { projectPath, provider, includeArchived }: SearchQuery): boolean {
  if (projectPath !== undefined && session.projectPath !== projectPath) return false;
  if (provider !== undefined && session.provider !== provider) return false;
  return includeArchived === true || !session.archived;
}

function timeOf(name: string, text: string): string {
  if (Number.isNaN(Date.parse(text))) throw new KonuiError('INVALID_MESSAGE', `${name}: must be a time in ISO 8601`);
  return text;
}

function parseCursor(cursor: string): number {
  const id = /^\d{1,16}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw new KonuiError('INVALID_MESSAGE', 'cursor: must be that of the page before');
  return id;
}
