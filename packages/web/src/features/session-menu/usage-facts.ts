import type { ConversationItem } from '@konui/client';
import * as en from '../../text/en.ts';

/** What the agent said about its usage, in words; what it did not say is not there. */
export interface UsageFacts {
  /** Of the context, 0 to 100. */
  readonly percent: number | undefined;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
}

type Fields = Readonly<Record<string, unknown>>;

/** ACP `usage_update` (context and cost) and the usage that each prompt was answered with. */
export function usageFacts(usage: Fields | undefined, items: readonly ConversationItem[]): UsageFacts {
  const used = toCount(usage?.['used']);
  const size = toCount(usage?.['size']);
  const percent =
    used === undefined || size === undefined || size === 0 ? undefined : Math.min(100, Math.round((used / size) * 100));
  const rows: { label: string; value: string }[] = [];
  if (used !== undefined) {
    const value =
      size === undefined || percent === undefined
        ? en.usage.tokens(compact(used))
        : en.usage.of(compact(used), compact(size), percent);
    rows.push({ label: en.usage.context, value });
  }
  const cost = costText(usage?.['cost']);
  if (cost !== undefined) rows.push({ label: en.usage.cost, value: cost });
  const runs = items.flatMap((item) => (item.type === 'run_end' && isFields(item.usage) ? [item.usage] : []));
  const last = runs.at(-1);
  if (last !== undefined) rows.push(...tokenRows(last, en.usage.lastRun));
  const all = sumOf(runs);
  if (runs.length > 1 && all > 0) rows.push({ label: en.usage.total, value: en.usage.tokens(compact(all)) });
  return { percent, rows };
}

const TOKENS: readonly (readonly [field: string, label: string])[] = [
  ['inputTokens', en.usage.input],
  ['outputTokens', en.usage.output],
  ['thoughtTokens', en.usage.thought],
  ['cachedReadTokens', en.usage.cached],
  ['cachedWriteTokens', en.usage.cacheWritten],
  ['totalTokens', en.usage.all],
];

function tokenRows(usage: Fields, heading: string): { label: string; value: string }[] {
  return TOKENS.flatMap(([field, label]) => {
    const count = toCount(usage[field]);
    return count === undefined ? [] : [{ label: `${heading} · ${label}`, value: en.usage.tokens(compact(count)) }];
  });
}

function sumOf(runs: readonly Fields[]): number {
  return runs.reduce((sum, usage) => sum + (toCount(usage['totalTokens']) ?? 0), 0);
}

function costText(cost: unknown): string | undefined {
  if (!isFields(cost) || typeof cost['amount'] !== 'number') return undefined;
  const currency = typeof cost['currency'] === 'string' ? cost['currency'] : 'USD';
  // A currency that is none would throw.
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${cost['amount']} ${currency}`;
  return cost['amount'].toLocaleString(undefined, { style: 'currency', currency, maximumFractionDigits: 4 });
}

function compact(count: number): string {
  return count.toLocaleString(undefined, { notation: 'compact', maximumFractionDigits: 1 });
}

function toCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
