import type { AccessRight } from '@konui/protocol';
import { keepReadMarks, keepSessions, type KeepVisible } from './keep-visible.ts';

/** What a route needs (SPEC ACC6). */
export interface RouteRights {
  /** One of these; none where whoever is signed in may. */
  readonly rights: readonly AccessRight[];
  /**
   * For a token that is bound to some sessions. `session`: the path's session has to be one of them; `handler`: the
   * route looks itself; `open`: it tells nothing of sessions; `closed`: such a token may not; or how the answer is cut.
   */
  readonly bound: 'session' | 'handler' | 'open' | 'closed' | KeepVisible;
}

const anybody: readonly AccessRight[] = [];
const SESSION = '/api/providers/sessions/:id';

/** Every route of the REST API. One that is missing here is open to full tokens alone, and fails a test. */
export const ROUTE_RIGHTS: Readonly<Record<string, RouteRights>> = {
  'GET /api/openapi.json': { rights: anybody, bound: 'open' },
  'GET /api/me': { rights: anybody, bound: 'open' },
  'POST /api/tickets': { rights: anybody, bound: 'open' },
  'GET /api/console/ws/info': { rights: anybody, bound: 'open' },
  'GET /api/stream': { rights: anybody, bound: 'open' },
  // The frame in it needs the rights (frame-rights.ts).
  'POST /api/stream/:connectionId/frames': { rights: anybody, bound: 'open' },
  'GET /api/access-tokens': { rights: ['manage'], bound: 'handler' },
  'POST /api/access-tokens': { rights: ['manage'], bound: 'handler' },
  'DELETE /api/access-tokens/:id': { rights: ['manage'], bound: 'handler' },
  'GET /api/folders': { rights: ['prompt'], bound: 'closed' },
  'POST /api/folders': { rights: ['prompt'], bound: 'closed' },
  'GET /api/read-marks': { rights: ['read'], bound: keepReadMarks },
  'PUT /api/read-marks/:sessionId': { rights: ['read'], bound: 'session' },
  'GET /api/providers': { rights: ['read', 'prompt'], bound: 'open' },
  'GET /api/providers/sessions': { rights: ['read'], bound: keepSessions },
  'GET /api/providers/sessions/running': { rights: ['read'], bound: keepSessions },
  'POST /api/providers/sessions': { rights: ['prompt'], bound: 'handler' },
  [`GET ${SESSION}`]: { rights: ['read'], bound: 'session' },
  [`PATCH ${SESSION}`]: { rights: ['manage'], bound: 'session' },
  [`DELETE ${SESSION}`]: { rights: ['manage'], bound: 'session' },
  [`GET ${SESSION}/events`]: { rights: ['read'], bound: 'session' },
  [`GET ${SESSION}/history`]: { rights: ['read'], bound: 'session' },
  [`POST ${SESSION}/attachments`]: { rights: ['prompt'], bound: 'session' },
  [`GET ${SESSION}/attachments/:sha256`]: { rights: ['read'], bound: 'session' },
  'GET /api/providers/:provider/settings': { rights: ['manage'], bound: 'closed' },
  'PATCH /api/providers/:provider/settings': { rights: ['manage'], bound: 'closed' },
  'POST /api/providers/:provider/authenticate': { rights: ['manage'], bound: 'closed' },
  'POST /api/console/inject': { rights: ['inject', 'prompt'], bound: 'handler' },
  'GET /api/kontasks': { rights: ['read'], bound: 'closed' },
  'GET /api/kontasks/facets': { rights: ['read'], bound: 'closed' },
  'GET /api/kontasks/layouts': { rights: ['read'], bound: 'closed' },
  'GET /api/kontasks/layouts/:type': { rights: ['read'], bound: 'closed' },
  'PUT /api/kontasks/layouts/:type': { rights: ['manage'], bound: 'closed' },
  'DELETE /api/kontasks/layouts/:type': { rights: ['manage'], bound: 'closed' },
  'POST /api/kontasks': { rights: ['prompt', 'inject'], bound: 'closed' },
  'POST /api/kontasks/import': { rights: ['manage'], bound: 'closed' },
  'GET /api/kontasks/:id': { rights: ['read'], bound: 'closed' },
  'PATCH /api/kontasks/:id': { rights: ['prompt', 'inject'], bound: 'closed' },
  'DELETE /api/kontasks/:id': { rights: ['manage'], bound: 'closed' },
  'POST /api/kontasks/:id/claim': { rights: ['prompt', 'inject'], bound: 'closed' },
  'POST /api/kontasks/:id/read': { rights: ['read'], bound: 'closed' },
  'POST /api/kontasks/:id/choices/:index': { rights: ['prompt'], bound: 'closed' },
  'GET /api/kontasks/:id/commit': { rights: ['read'], bound: 'closed' },
  'GET /api/kontasks/:id/report': { rights: ['read'], bound: 'closed' },
  'GET /api/push/key': { rights: ['read'], bound: 'open' },
  // Who subscribes is sent what they see.
  'PUT /api/push/subscriptions': { rights: ['read'], bound: 'open' },
  'DELETE /api/push/subscriptions': { rights: anybody, bound: 'open' },
  'POST /api/push/test': { rights: ['read'], bound: 'open' },
  // Answered before anybody signs in.
  'POST /api/approvals': { rights: anybody, bound: 'open' },
  'GET /api/settings/:name': { rights: anybody, bound: 'open' },
  'PUT /api/settings/:name': { rights: ['manage'], bound: 'closed' },
  'GET /api/search': { rights: ['read'], bound: 'handler' },
};
