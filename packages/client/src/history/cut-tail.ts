import { type HistoryAnswer, type MergedEvent, type SessionEvent, toSessionSnapshot } from '@konui/protocol';
import type { ConversationState } from '../conversation/conversation-state.ts';

/** Kinds whose last event counts where the cut is, whatever came before it (SPEC HIST4). */
const LAST_COUNTS: ReadonlySet<string> = new Set([
  'agent_ready',
  'available_commands_update',
  'config_option_update',
  'current_mode_update',
  'plan',
  'usage_update',
]);

interface HeldEvents {
  readonly epoch: string | null;
  /** Merged, in order, without a gap. */
  readonly events: readonly MergedEvent[];
  readonly firstSeq: number;
  readonly hasEarlier: boolean;
  /** Of the end that was fetched. */
  readonly context: readonly SessionEvent[];
  /** After all of the events. */
  readonly conversation: ConversationState;
}

/** The end of what is held, as a host would answer it now; its events are one at least, and `maxLength` characters of JSON at most. */
export function cutTail(held: HeldEvents, maxLength: number): HistoryAnswer {
  const { epoch, events, conversation } = held;
  const start = startOfEnd(events, maxLength);
  const [dropped, kept] = [events.slice(0, start), events.slice(start)];
  const first = kept[0];
  const firstSeq = start === 0 ? held.firstSeq : (first?.firstSeq ?? first?.seq ?? held.firstSeq);
  return {
    epoch,
    lastSeq: conversation.lastSeq,
    firstSeq,
    more: start > 0 || held.hasEarlier,
    state: toSessionSnapshot(conversation),
    earlierTools: earlierTools(dropped, kept, conversation),
    context: lasting([...held.context.filter(({ seq }) => seq < firstSeq), ...dropped]),
    events: kept,
  };
}

function startOfEnd(events: readonly MergedEvent[], maxLength: number): number {
  let start = events.length;
  for (let length = 0; start > 0; start -= 1) {
    length += JSON.stringify(events[start - 1]).length;
    if (length > maxLength && start < events.length) break;
  }
  return start;
}

/** In the order of the log; what was chosen since counts besides. */
function lasting(before: readonly SessionEvent[]): SessionEvent[] {
  const last = new Map(before.map((event) => [event.kind, event]));
  const isPastPlan = (last.get('prompt')?.seq ?? 0) > (last.get('plan')?.seq ?? 0);
  const inOrder = before.toSorted((one, other) => one.seq - other.seq);
  return inOrder.filter((event) => {
    if (event.kind === 'option_changed') return true;
    if (event.kind === 'plan' && isPastPlan) return false;
    return LAST_COUNTS.has(event.kind) && last.get(event.kind) === event;
  });
}

/** The calls that what is kept speaks of, and that began before it (SPEC HIST5). */
function earlierTools(
  dropped: readonly MergedEvent[],
  kept: readonly MergedEvent[],
  { hidden }: ConversationState,
): HistoryAnswer['earlierTools'] {
  const boundary = dropped.findLastIndex(({ kind }) => kind === 'run_started' || kind === 'complete');
  const isRunOpen = dropped[boundary]?.kind !== 'complete';
  const earlier = new Map<string, HistoryAnswer['earlierTools'][number]>();
  for (const item of hidden) {
    if (item.type !== 'tool') continue;
    const isOfRun = boundary === -1 && item.runId !== undefined;
    earlier.set(item.toolCallId, { toolCallId: item.toolCallId, seq: item.key, isOfRun });
  }
  for (const [index, event] of dropped.entries()) {
    const toolCallId = toolOf(event);
    if (toolCallId === undefined) continue;
    earlier.set(toolCallId, { toolCallId, seq: event.seq, isOfRun: isRunOpen && index > boundary });
  }
  const spokenOf = new Set(kept.map(toolOf));
  return [...earlier.values()].filter(({ toolCallId }) => spokenOf.has(toolCallId));
}

function toolOf({ kind, toolCallId }: SessionEvent): string | undefined {
  const isTool = kind === 'tool_call' || kind === 'tool_call_update';
  return isTool && typeof toolCallId === 'string' ? toolCallId : undefined;
}
