/**
 * What a report may do: show itself, with its own styles and the images that it holds. Scripts, requests, forms and
 * frames are not among it; `frame-ancestors` lets only the console embed it.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/** How a report looks that says nothing of it. */
const DEFAULT_STYLE =
  '<style>:root{color-scheme:light dark}body{margin:0;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img,table,pre{max-width:100%}pre{white-space:pre-wrap}</style>';

/**
 * The HTML of an agent as a document of its own. In the console's frame it has no scripts (sandbox); opened in a tab of
 * its own the policy says so too.
 */
export function reportPage(html: string, { isFramed }: { isFramed: boolean }): Response {
  return new Response(
    `<!doctype html><html><head>${DEFAULT_STYLE}</head><body>${withoutSteering(html)}</body></html>`,
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': isFramed ? POLICY : `${POLICY}; sandbox`,
        'x-frame-options': 'SAMEORIGIN',
        'cache-control': 'no-store',
      },
    },
  );
}

/** `<meta http-equiv>` can redirect and `<base>` can bend links: both become elements that mean nothing. */
function withoutSteering(html: string): string {
  return html.replace(/<(?=\/?(?:meta|base)(?:[\s/>]|$))/gi, '<x-inert-');
}
