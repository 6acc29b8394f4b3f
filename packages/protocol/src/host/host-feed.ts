import * as z from 'zod/mini';
import { SessionId } from '../ids.ts';
import { SessionInfo } from './session-info.ts';

/** Messages of `GET /feed` (SSE): changes of the session list, never whole snapshots. */
export const HostFeedMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session_upserted'), session: SessionInfo }),
  z.object({ type: z.literal('session_removed'), sessionId: SessionId }),
  z.object({
    type: z.literal('agent_install'),
    provider: z.string(),
    state: z.enum(['installing', 'ready', 'failed']),
    message: z.string(),
  }),
  /** The search is being made ready: sessions of the present backlog, at most once a second. */
  z.object({ type: z.literal('indexing'), done: z.int(), total: z.int() }),
]);
export type HostFeedMessage = z.infer<typeof HostFeedMessage>;
