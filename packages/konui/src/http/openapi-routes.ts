import type { Hono } from 'hono';
import type { HttpEnvironment } from './http-environment.ts';
import { createOpenApi, type OpenApi } from './openapi/create-openapi.ts';

/** `GET /api/openapi.json`: the REST API as OpenAPI 3.1. */
export function registerOpenApiRoute(app: Hono<HttpEnvironment>, { version }: { version: string }): void {
  let document: OpenApi | undefined;
  app.get('/api/openapi.json', (context) => context.json((document ??= createOpenApi(version))));
}
