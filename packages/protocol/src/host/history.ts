import * as z from 'zod/mini';
import { isSessionEvent, type SessionEvent } from '../events/session-event.ts';
import { isRecord } from '../is-record.ts';
import type { MergedEvent } from '../session/merge-events.ts';
import type { SessionSnapshot } from '../session/session-snapshot.ts';

/** What a page of history holds where its reader names no size: enough for what is seen first, on a slow line too. */
export const HISTORY_PAGE_BYTES = 10 * 1024;
/** And at most. */
export const MAX_HISTORY_PAGE_BYTES = 1024 * 1024;

/**
 * `GET /sessions/:id/history?before=&bytes=`: the end of the log, or what lies just below `before`, in order and
 * merged (SPEC HIST).
 */
export const HistoryAnswer = z.object({
  epoch: z.nullable(z.string()),
  /** A reader of the end subscribes from here. */
  lastSeq: z.int().check(z.nonnegative()),
  /** Of the first event of the page; 0 where the page is empty. What lies below it is the next page. */
  firstSeq: z.int().check(z.nonnegative()),
  more: z.boolean(),
  /** Without `before`: runs, queue and requests as they are after `lastSeq`. */
  state: z.optional(z.custom<SessionSnapshot>(isRecord)),
  /** Tool calls that began before the page and that it, or what follows it, says more of. */
  earlierTools: z._default(
    z.array(
      z.object({
        toolCallId: z.string(),
        /** Of an event below the page that speaks of it. */
        seq: z.int(),
        /** It belongs to the run that is open where the page begins. */
        isOfRun: z.boolean(),
      }),
    ),
    [],
  ),
  /**
   * Earlier events that still count where the page begins, in order: what the agent said last of its commands, options,
   * plan and usage (only without `before`), and permission requests for calls that begin in the page. They are folded,
   * and not shown.
   */
  context: z._default(z.array(z.custom<SessionEvent>(isSessionEvent)), []),
  events: z.array(z.custom<MergedEvent>(isSessionEvent)),
});
export type HistoryAnswer = z.infer<typeof HistoryAnswer>;
