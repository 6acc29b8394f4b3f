import { z } from 'zod';
import { Provider, Seq, SessionId } from '../ids.ts';

export const MAX_SEARCH_HITS = 100;

/** `GET /search`: full text over all sessions. Every word must be there; one in quotes as it stands (SPEC SRCH). */
export const SearchQuery = z.object({
  q: z.string().trim().min(1).max(500),
  projectPath: z.string().max(4096).optional(),
  provider: Provider.optional(),
  /** ISO 8601; `from` inclusive, `to` exclusive. */
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  includeArchived: z.stringbool().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_SEARCH_HITS).default(30),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const SearchHit = z.object({
  sessionId: SessionId,
  /** The event that the words stand in: `/s/<sessionId>?at=<seq>`. */
  seq: Seq,
  at: z.string(),
  /** What the words are of. */
  kind: z.enum(['title', 'prompt', 'message', 'thought', 'tool', 'output']),
  title: z.string().nullable(),
  projectPath: z.string(),
  provider: Provider,
  /** `marks` are the places of the words: [start, end) in UTF-16 units of `text`. */
  snippet: z.object({ text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) }),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** Newest first. */
export const SearchAnswer = z.object({ hits: z.array(SearchHit), nextCursor: z.string().nullable() });
export type SearchAnswer = z.infer<typeof SearchAnswer>;
