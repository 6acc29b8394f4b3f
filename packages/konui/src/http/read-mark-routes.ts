import { Seq, SessionId } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody, parseWith } from './json-body.ts';

export const ReadMark = z.object({ seq: Seq });

export interface ReadMarkRoutes {
  readonly readMarks: {
    list(): ReadonlyMap<string, number>;
    /** False where this is no news. */
    raise(sessionId: SessionId, seq: number): boolean;
  };
  readonly sessions: {
    /** Rejects with SESSION_NOT_FOUND, SESSION_GONE or HOST_UNREACHABLE. */
    find(sessionId: SessionId): Promise<unknown>;
  };
  readonly announceReadMark: (sessionId: SessionId, seq: number) => void;
}

/** `/api/read-marks`: how far this person has read each session, on any device. */
export function registerReadMarkRoutes(
  app: Hono<HttpEnvironment>,
  { readMarks, sessions, announceReadMark }: ReadMarkRoutes,
): void {
  app.get('/api/read-marks', (context) => context.json({ readMarks: Object.fromEntries(readMarks.list()) }));

  app.put('/api/read-marks/:sessionId', async (context) => {
    const sessionId = parseWith(SessionId, context.req.param('sessionId'));
    const { seq } = await parseBody(context, ReadMark);
    await sessions.find(sessionId);
    if (readMarks.raise(sessionId, seq)) announceReadMark(sessionId, seq);
    return context.body(null, 204);
  });
}
