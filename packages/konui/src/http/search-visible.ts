import { isRecord, MAX_SEARCH_HITS } from '@konui/protocol';
import type { AgentHost } from '../host.ts';
import { type Sees, visibleRows } from './keep-visible.ts';

/** What is looked through for somebody who sees little of it. */
const MAX_PAGES = 50;

type Query = Readonly<Record<string, string>>;

/**
 * The newest hits that a bound token sees, up to the limit. No further page is promised: whether there is one would
 * tell of what is hidden.
 */
export async function searchVisible(
  host: Pick<AgentHost, 'search'>,
  query: Query,
  { limit, sees }: { limit: number; sees: Sees },
): Promise<{ hits: unknown[]; nextCursor: null }> {
  const hits: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && hits.length < limit; page += 1) {
    const from: Query = cursor === undefined ? {} : { cursor };
    const { body } = await host.search({ ...query, limit: String(MAX_SEARCH_HITS), ...from });
    const answer: unknown = JSON.parse(body.toString('utf8'));
    hits.push(...visibleRows(answer, 'hits', sees));
    const next = isRecord(answer) ? answer['nextCursor'] : undefined;
    if (typeof next !== 'string') break;
    cursor = next;
  }
  return { hits: hits.slice(0, limit), nextCursor: null };
}
