import { KonuiError, type LayoutFileAnswer, MAX_LAYOUT_BYTES } from '@konui/protocol';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import type { ExpectedVersion, KontaskLayouts } from '../kontasks/layouts/kontask-layouts.ts';
import type { HttpEnvironment } from './http-environment.ts';

export interface LayoutRoutes {
  readonly layouts: KontaskLayouts;
  readonly log: Logger;
}

const PATH = '/api/kontasks/layouts/:type';

/** `/api/kontasks/layouts`: how requests are shown (SPEC KON10). Registered before `/api/kontasks/:id`. */
export function registerLayoutRoutes(app: Hono<HttpEnvironment>, { layouts, log }: LayoutRoutes): void {
  const note = (context: Context<HttpEnvironment>, type: string, what: string): void =>
    log.info({ ...context.get('identity'), type }, what);

  app.get('/api/kontasks/layouts', async (context) => context.json(await layouts.list()));

  app.get(PATH, async (context) => answerWith(context, await layouts.read(context.req.param('type'))));

  app.put(
    PATH,
    bodyLimit({
      maxSize: MAX_LAYOUT_BYTES,
      onError: () => {
        throw new KonuiError('FRAME_TOO_LARGE', `a layout may have ${MAX_LAYOUT_BYTES} bytes`);
      },
    }),
    async (context) => {
      const type = context.req.param('type');
      const answer = await layouts.save(type, await context.req.text(), expectedOf(context));
      note(context, type, 'layout saved');
      return answerWith(context, answer);
    },
  );

  app.delete(PATH, async (context) => {
    const type = context.req.param('type');
    await layouts.remove(type, expectedOf(context));
    note(context, type, 'layout removed');
    return context.body(null, 204);
  });
}

function answerWith(context: Context<HttpEnvironment>, answer: LayoutFileAnswer): Response {
  return context.json(answer, 200, { etag: `"${answer.version}"` });
}

/** RFC 9110, sections 13.1.1 and 13.1.2: `If-Match` names the version, `If-None-Match: *` says that there is none. */
function expectedOf(context: Context<HttpEnvironment>): ExpectedVersion {
  const match = context.req.header('if-match')?.trim();
  const none = context.req.header('if-none-match')?.trim();
  if (none === '*' && match === undefined) return null;
  if (none !== undefined) throw new KonuiError('INVALID_MESSAGE', 'If-None-Match: must be *, without If-Match');
  if (match === undefined || match === '*') return undefined;
  const version = /^(?:W\/)?"([0-9a-f]{1,64})"$/.exec(match)?.[1];
  if (version === undefined) throw new KonuiError('INVALID_MESSAGE', 'If-Match: must be the version in quotes');
  return version;
}
