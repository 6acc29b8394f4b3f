import type { ToolItem } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { stepsInSight, toolGroupFacts } from './tool-group-facts.ts';

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`;
const tool = (key: number, fields: Partial<ToolItem> = {}): ToolItem => ({
  type: 'tool',
  key,
  at: at(key),
  endedAt: at(key + 1),
  runId: 'r',
  toolCallId: `t${key}`,
  title: undefined,
  toolKind: 'read',
  status: 'completed',
  rawInput: undefined,
  rawOutput: undefined,
  content: [],
  locations: [],
  output: [],
  exit: undefined,
  ...fields,
});
const open = (key: number, status: string): ToolItem => {
  const { endedAt: _, ...begun } = tool(key, { status });
  return begun;
};
const answer = (key: number, optionKind: string) =>
  ({
    type: 'permission',
    key,
    at: at(key),
    runId: 'r',
    requestId: 'q',
    toolCall: { toolCallId: 't' },
    options: [],
    resolution: { by: { type: 'person' }, at: at(key), optionKind },
  }) as const;
const keys = (...given: Parameters<typeof stepsInSight>) => stepsInSight(...given).map(({ key }) => key);

describe('toolGroupFacts', () => {
  it('counts what was done, in the order in which it began', () => {
    const steps = [
      tool(1, { locations: [{ path: '/a' }] }),
      tool(2, { locations: [{ path: '/a', line: 40 }] }),
      tool(3, { toolKind: 'execute' }),
      tool(4, { toolKind: 'execute', status: 'failed' }),
      tool(5, { toolKind: 'brand_new' }),
      answer(6, 'allow_once'),
    ];
    expect(toolGroupFacts(steps, { isOver: true })).toMatchObject({
      summary: '5 steps: read 1 file, ran 2 commands, used 1 other tool, 1 failed',
      outcome: 'failed',
      isRunning: false,
      durationMs: 5_000,
    });
  });

  it('tells what a person rejected or stopped from what failed, and leaves out the time that it waited', () => {
    const steps = [
      tool(1, { toolKind: 'execute', endedAt: at(30), permission: { state: 'allowed', at: at(28) } }),
      tool(2, {
        toolKind: 'execute',
        endedAt: at(40),
        permission: { state: 'rejected', at: at(40) },
        status: 'failed',
      }),
      tool(41, { toolKind: 'execute', endedAt: at(44), status: 'failed', cutShort: 'stopped' }),
      tool(42, { endedAt: at(43) }),
    ];
    expect(toolGroupFacts(steps, { isOver: true })).toMatchObject({
      summary: '4 steps: ran 2 commands, read 1 file, 1 rejected, 1 stopped',
      outcome: 'unfinished',
      durationMs: 5_000,
    });
  });

  it('runs as long as one call does, but not after its run', () => {
    const steps = [tool(1), open(2, 'in_progress'), open(3, 'pending')];
    expect(toolGroupFacts(steps, { isOver: false })).toMatchObject({ isRunning: true, durationMs: undefined });
    expect(toolGroupFacts(steps, { isOver: false }).summary).toContain('2 running');
    expect(toolGroupFacts(steps, { isOver: false, isStale: true }).summary).toContain('2 were running');
    expect(toolGroupFacts(steps, { isOver: true })).toMatchObject({ outcome: 'unfinished', durationMs: 1_000 });
    expect(toolGroupFacts(steps, { isOver: true }).summary).toContain('2 not finished');
  });
});

describe('stepsInSight', () => {
  const steps = [
    tool(1),
    tool(2, { status: 'failed' }),
    answer(3, 'reject_once'),
    answer(4, 'allow_once'),
    tool(5, { status: 'in_progress' }),
    tool(6),
  ];

  it('shows what runs, failed or was refused, and the latest while the group grows', () => {
    expect(keys(steps, { isOver: false, isGrowing: true })).toEqual([2, 3, 5, 6]);
  });

  it('folds the rest when the group is done', () => {
    expect(keys(steps, { isOver: true, isGrowing: false })).toEqual([2, 3]);
    expect(keys([tool(1), tool(2)], { isOver: true, isGrowing: false })).toEqual([]);
  });
});
