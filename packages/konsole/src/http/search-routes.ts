import { type SearchAnswer, SearchQuery } from '@konui/protocol';
import type { Hono } from 'hono';
import type { HostEnvironment } from './create-app.ts';

export interface SearchRoutes {
  readonly search: { search(query: SearchQuery): Promise<SearchAnswer> };
}

export function registerSearchRoutes(app: Hono<HostEnvironment>, { search }: SearchRoutes): void {
  app.get('/search', async (context) => context.json(await search.search(SearchQuery.parse(context.req.query()))));
}
