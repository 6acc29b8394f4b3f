import * as z from 'zod/mini';
import { Provider, Seq, SessionId } from '../ids.ts';

export const MAX_SEARCH_HITS = 100;

/** `GET /search`: full text over all sessions. Every word must be there; one in quotes as it stands (SPEC SRCH). */
export const SearchQuery = z.object({
  q: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
  projectPath: z.optional(z.string().check(z.maxLength(4096))),
  provider: z.optional(Provider),
  /** ISO 8601; `from` inclusive, `to` exclusive. */
  from: z.optional(z.string().check(z.maxLength(40))),
  to: z.optional(z.string().check(z.maxLength(40))),
  includeArchived: z.optional(z.stringbool()),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(MAX_SEARCH_HITS)), 30),
  /** `nextCursor` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(200))),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const SearchHit = z.object({
  sessionId: SessionId,
  /** The event that the words stand in: `/s/<sessionId>?at=<seq>`. */
  seq: Seq,
  at: z.string(),
  /** What the words are of. */
  kind: z.enum(['title', 'prompt', 'message', 'thought', 'tool', 'output']),
  title: z.nullable(z.string()),
  projectPath: z.string(),
  provider: Provider,
  /** `marks` are the places of the words: [start, end) in UTF-16 units of `text`. */
  snippet: z.object({ text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) }),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** Newest first. */
export const SearchAnswer = z.object({ hits: z.array(SearchHit), nextCursor: z.nullable(z.string()) });
export type SearchAnswer = z.infer<typeof SearchAnswer>;
