import type { PermissionItem, ToolItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { isToolOpen } from '../../ui/tool/tool-facts.ts';

/** What stands in a group of tool calls: the calls, and the answers that let them run or not. */
export type ToolStep = ToolItem | PermissionItem;

export interface ToolGroupFacts {
  readonly tools: readonly ToolItem[];
  /** "12 steps: read 5 files, ran 3 commands, edited 2 files, 1 failed" */
  readonly summary: string;
  readonly isRunning: boolean;
  readonly outcome: 'done' | 'failed' | 'unfinished';
  /** From the first call's begin to the last one's end, in milliseconds; undefined while one runs. */
  readonly durationMs: number | undefined;
}

/** What a folded group says. `isOver`: its run has ended. */
export function toolGroupFacts(steps: readonly ToolStep[], isOver: boolean): ToolGroupFacts {
  const tools = steps.filter((step) => step.type === 'tool');
  const open = tools.filter(({ status }) => isToolOpen(status));
  const running = isOver ? [] : open;
  const failed = tools.filter(({ status }) => status === 'failed');
  const parts = [...countByKind(tools)].map(([kind, count]) => en.toolGroup.done[kind](count));
  if (failed.length > 0) parts.push(en.toolGroup.failed(failed.length));
  if (isOver && open.length > 0) parts.push(en.toolGroup.unfinished(open.length));
  if (running.length > 1) parts.push(en.toolGroup.running(running.length));
  return {
    tools,
    summary: `${en.toolGroup.steps(tools.length)}: ${parts.join(', ')}`,
    isRunning: running.length > 0,
    outcome: failed.length > 0 ? 'failed' : isOver && open.length > 0 ? 'unfinished' : 'done',
    durationMs: running.length > 0 ? undefined : spanMs(tools),
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

function spanMs(tools: readonly ToolItem[]): number | undefined {
  const ends = tools.flatMap(({ endedAt }) => (endedAt === undefined ? [] : [Date.parse(endedAt)]));
  const [first] = tools;
  return first === undefined || ends.length === 0 ? undefined : Math.max(0, Math.max(...ends) - Date.parse(first.at));
}
