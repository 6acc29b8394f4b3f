import type { MiddlewareHandler } from 'hono';
import type { HttpEnvironment } from './http-environment.ts';

const BASE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

/** For answers that are no page: whatever they hold, it runs nothing and loads nothing. */
const CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** The policy for the web app. `host` is the one that the browser knows: 'self' does not cover WebSockets everywhere. */
export function pagePolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    // Reports of kontasks, which have a policy of their own.
    "frame-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** For an answer that is written without the middleware, and is no page. */
export const CLOSED_HEADERS: Readonly<Record<string, string>> = { ...BASE, 'content-security-policy': CLOSED_POLICY };

export const securityHeaders: MiddlewareHandler<HttpEnvironment> = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(BASE)) {
    if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  }
  if (!context.res.headers.has('content-security-policy'))
    context.res.headers.set('content-security-policy', CLOSED_POLICY);
  if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
};
