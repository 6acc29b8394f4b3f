import type { ConversationItem } from '@konui/client';
import { expect, it } from 'vitest';
import { usageFacts } from './usage-facts.ts';

const end = (usage: unknown): ConversationItem => ({
  type: 'run_end',
  key: 1,
  at: '2026-01-01T00:00:00.000Z',
  runId: 'r',
  stopReason: 'end_turn',
  success: true,
  aborted: false,
  exitCode: 0,
  usage,
});

it('says what the agent said about context, cost and tokens', () => {
  const usage = { used: 50_000, size: 200_000, cost: { amount: 0.25, currency: 'USD' } };
  const facts = usageFacts(usage, [end({ totalTokens: 1000 }), end({ inputTokens: 1500, totalTokens: 2000 })]);
  expect(facts.percent).toBe(25);
  expect(facts.rows.map(({ label }) => label)).toEqual([
    'Context',
    'Cost of the session',
    'Last run · Input',
    'Last run · Together',
    'All runs',
  ]);
  expect(facts.rows.at(-1)?.value).toBe('3K tokens');
});

it('leaves out what the agent did not say or said oddly', () => {
  expect(usageFacts(undefined, [end(undefined), end('x')])).toEqual({ percent: undefined, rows: [] });
  expect(usageFacts({ used: 'x', size: 0, cost: { amount: 1, currency: '<b>' } }, []).rows).toEqual([
    { label: 'Cost of the session', value: '1 <b>' },
  ]);
});
