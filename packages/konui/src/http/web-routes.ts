import { KonuiError } from '@konui/protocol';
import type { Context, Hono } from 'hono';
import type { HttpEnvironment } from './http-environment.ts';
import { pagePolicy } from './security-headers.ts';
import type { WebApp, WebFile } from './web-app.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Konui</title>
<h1>The web app is not built yet</h1>
<p>The gateway runs, but there is no page to show. <code>npm start</code> builds it; or, in the folder of the source:</p>
<pre>npm run build --workspace @konui/web</pre>
<p>Then load this page again.</p>
</html>
`;

/** The page and its files. Every other path that a browser asks a page for is one of the app's own. */
export function registerWebRoutes(app: Hono<HttpEnvironment>, webApp: WebApp): void {
  app.get('*', async (context) => {
    const { path } = context.req;
    const file = path === '/' ? undefined : await webApp.find(path);
    if (file !== undefined && path !== '/index.html') return answer(context, file, cachingOf(path));
    const wantsPage =
      path === '/' || path === '/index.html' || (context.req.header('accept') ?? '').includes('text/html');
    if (!wantsPage || path.startsWith('/assets/')) throw new KonuiError('NOT_FOUND', 'there is nothing here');
    const page = await webApp.find('/index.html');
    if (page === undefined) return context.html(NOT_BUILT, 503);
    const response = answer(context, page, 'no-store');
    // Fetched together with what index.html names, rather than once that has run.
    for (const name of await webApp.firstFiles(path)) {
      response.headers.append('link', `</${name}>; rel=modulepreload`);
    }
    return response;
  });
}

function answer(context: Context<HttpEnvironment>, file: WebFile, caching: string): Response {
  const { encoding, bytes } = encodedFor(context.req.header('accept-encoding') ?? '', file);
  const headers: Record<string, string> = {
    'content-type': file.contentType,
    'cache-control': caching,
    'content-security-policy': pagePolicy(context.get('admitted').url.host),
    etag: file.etag,
    vary: 'accept-encoding',
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  };
  const known = (context.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(file.etag)) return new Response(null, { status: 304, headers });
  return new Response(bytes, { headers: { ...headers, 'content-length': String(bytes.length) } });
}

interface Encoded {
  readonly encoding: 'br' | 'gzip' | undefined;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The smallest of the forms that a client takes. */
function encodedFor(accepted: string, { bytes, gzipped, brotli }: WebFile): Encoded {
  const takes = (encoding: string): boolean =>
    new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted);
  if (brotli !== undefined && takes('br')) return { encoding: 'br', bytes: brotli };
  if (gzipped !== undefined && takes('gzip')) return { encoding: 'gzip', bytes: gzipped };
  return { encoding: undefined, bytes };
}

/** Files in `assets` carry a hash of their content in their name; others are asked for again each time. */
function cachingOf(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}
