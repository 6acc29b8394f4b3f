import * as z from 'zod/mini';
import { isSessionEvent, type SessionEvent } from '../events/session-event.ts';

/** What a page of history holds where its reader names no size: enough for what is seen first, on a slow line too. */
export const HISTORY_PAGE_BYTES = 10 * 1024;
/** And at most. */
export const MAX_HISTORY_PAGE_BYTES = 1024 * 1024;

/**
 * An event of a history page. Adjacent chunks of one message are one event: the first one's fields, all their text,
 * the last one's `seq`, and the first one's `firstSeq`.
 */
export type MergedEvent = SessionEvent & { readonly firstSeq?: number };

/**
 * `GET /sessions/:id/history?before=&bytes=`: the end of the log, or what lies just below `before`, in order and
 * merged (SPEC HIST).
 */
export const HistoryAnswer = z.object({
  epoch: z.nullable(z.string()),
  lastSeq: z.int().check(z.nonnegative()),
  /** Of the first event of the page; 0 where the page is empty. What lies below it is the next page. */
  firstSeq: z.int().check(z.nonnegative()),
  more: z.boolean(),
  /**
   * Without `before`: earlier events that still say how things are where the page begins (the open run, what waits,
   * the agent's options, the plan). They fold to the state there, and are not shown.
   */
  context: z._default(z.array(z.custom<SessionEvent>(isSessionEvent)), []),
  events: z.array(z.custom<MergedEvent>(isSessionEvent)),
});
export type HistoryAnswer = z.infer<typeof HistoryAnswer>;
