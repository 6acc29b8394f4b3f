import type { PermissionItem, ToolItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { isToolOpen, toolOutcome, toolStartedAt } from '../../ui/tool/tool-facts.ts';

/** What stands in a group of tool calls: the calls, and the answers that let them run or not. */
export type ToolStep = ToolItem | PermissionItem;

export interface ToolGroupFacts {
  readonly tools: readonly ToolItem[];
  /** "12 steps: read 5 files, ran 3 commands, edited 2 files, 1 failed" */
  readonly summary: string;
  readonly isRunning: boolean;
  readonly outcome: 'done' | 'failed' | 'unfinished';
  /** While any of them ran, in milliseconds; undefined while one does. */
  readonly durationMs: number | undefined;
}

/** What a folded group says. `isOver`: its run has ended; `isStale`: nobody knows what runs now. */
export function toolGroupFacts(
  steps: readonly ToolStep[],
  { isOver, isStale = false }: { isOver: boolean; isStale?: boolean },
): ToolGroupFacts {
  const tools = steps.filter((step) => step.type === 'tool');
  const open = tools.filter(({ status }) => isToolOpen(status));
  const running = isOver ? [] : open;
  const outcomes = tools.map((tool) => toolOutcome(tool, isOver));
  const notDone = (['failed', 'rejected', 'stopped', 'unfinished'] as const).flatMap((outcome) => {
    const count = outcomes.filter((other) => other === outcome).length;
    return count === 0 ? [] : [{ outcome, words: en.toolGroup[outcome](count) }];
  });
  const parts = [...countByKind(tools.filter((_, index) => outcomes[index] !== 'rejected'))].map(([kind, count]) =>
    en.toolGroup.done[kind](count),
  );
  parts.push(...notDone.map(({ words }) => words));
  if (running.length > 1) {
    parts.push((isStale ? en.liveness.wereRunning : en.toolGroup.running)(running.length));
  }
  return {
    tools,
    summary: `${en.toolGroup.steps(tools.length)}: ${parts.join(', ')}`,
    isRunning: running.length > 0,
    outcome: notDone.length === 0 ? 'done' : notDone[0]?.outcome === 'failed' ? 'failed' : 'unfinished',
    durationMs: running.length > 0 ? undefined : ranMs(tools),
  };
}

/**
 * What of a folded group stays in sight: what runs, what failed, what a person refused; and while the group grows
 * its latest call, so that there is always one to be seen.
 */
export function stepsInSight(
  steps: readonly ToolStep[],
  at: { isOver: boolean; isGrowing: boolean },
): readonly ToolStep[] {
  const latest = steps.findLast((step) => step.type === 'tool');
  return steps.filter((step) => {
    if (step.type === 'permission') return step.resolution?.optionKind?.startsWith('reject') === true;
    return step.status === 'failed' || (!at.isOver && isToolOpen(step.status)) || (at.isGrowing && step === latest);
  });
}

type Kind = keyof typeof en.toolGroup.done;

function countByKind(tools: readonly ToolItem[]): Map<Kind, number> {
  const counts = new Map<Kind, number>();
  const files = new Set<string>();
  for (const tool of tools) {
    const kind = kindOf(tool.toolKind);
    // A file that was read in five pieces is one file.
    const file = FILE_KINDS.has(kind) ? tool.locations[0]?.path : undefined;
    if (file !== undefined && files.has(`${kind} ${file}`)) continue;
    if (file !== undefined) files.add(`${kind} ${file}`);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

const FILE_KINDS: ReadonlySet<Kind> = new Set(['read', 'edit', 'delete']);

function kindOf(toolKind: string | undefined): Kind {
  return toolKind !== undefined && isKind(toolKind) ? toolKind : 'other';
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(en.toolGroup.done, kind);
}

/** Waits for a person are left out, and what ran at the same time counts once. */
function ranMs(tools: readonly ToolItem[]): number | undefined {
  const spans = tools
    .flatMap((tool) => {
      const startedAt = toolStartedAt(tool);
      if (tool.endedAt === undefined || startedAt === undefined) return [];
      return [{ start: Date.parse(startedAt), end: Date.parse(tool.endedAt) }];
    })
    .toSorted((one, other) => one.start - other.start);
  if (spans.length === 0) return undefined;
  let [total, until] = [0, -Infinity];
  for (const { start, end } of spans) {
    total += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return total;
}
