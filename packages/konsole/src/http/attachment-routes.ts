import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { AttachmentStored, SessionId, Sha256 } from '@konui/protocol';
import type { Hono } from 'hono';
import type { HostEnvironment } from './create-app.ts';
import { parseSessionId, parseSha256 } from './path-ids.ts';

export interface AttachmentRoutes {
  readonly attachments: {
    store(sessionId: SessionId, body: AsyncIterable<Uint8Array>): Promise<AttachmentStored>;
    find(sessionId: SessionId, sha256: Sha256): Promise<{ path: string; byteLength: number; contentType: string }>;
  };
}

export function registerAttachmentRoutes(app: Hono<HostEnvironment>, { attachments }: AttachmentRoutes): void {
  app.post('/sessions/:id/attachments', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    return context.json(await attachments.store(sessionId, context.env.incoming), 201);
  });
  app.get('/sessions/:id/attachments/:sha256', async (context) => {
    const sessionId = parseSessionId(context.req.param('id'));
    const found = await attachments.find(sessionId, parseSha256(context.req.param('sha256')));
    const headers = {
      'content-type': found.contentType,
      'content-length': String(found.byteLength),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    };
    if (context.req.method === 'HEAD') return context.body(null, 200, headers);
    return context.body(Readable.toWeb(createReadStream(found.path)), 200, headers);
  });
}
