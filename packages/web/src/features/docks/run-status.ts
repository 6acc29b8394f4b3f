import type { ConversationState, ToolItem } from '@konui/client';
import { en } from '../../text/en.ts';
import { durationText } from '../../ui/duration.ts';
import { isToolOpen, toolTitle } from '../../ui/tool/tool-facts.ts';

export interface RunStatus {
  readonly state: 'starting' | 'working' | 'waiting' | 'stopping';
  /** Changes only with the state: may be read aloud. */
  readonly text: string;
  /** Since the run began. */
  readonly elapsed: string;
}

type Facts = Pick<ConversationState, 'run' | 'activity' | 'pendingPermissions' | 'items'>;

/** What the open run is doing, in words; undefined where none is open. `isStopAsked`: a stop is on its way. */
export function runStatus(
  { run, activity, pendingPermissions, items }: Facts,
  isStopAsked: boolean,
  nowMs: number,
): RunStatus | undefined {
  if (run === undefined) return undefined;
  const elapsed = durationText(nowMs - Date.parse(run.startedAt));
  if (run.isStopping || isStopAsked) return { state: 'stopping', text: en.run.stopping, elapsed };
  if (pendingPermissions.length > 0) return { state: 'waiting', text: en.run.waiting, elapsed };
  if (activity !== undefined) return { state: 'starting', text: activityText(activity), elapsed };
  const tool = openTool(items, run.runId);
  return { state: 'working', text: tool === undefined ? en.run.working : toolTitle(tool), elapsed };
}

function activityText(activity: string): string {
  return `${activity.charAt(0).toUpperCase()}${activity.slice(1).replace(/(?:…|\.\.\.)$/, '')}…`;
}

function openTool(items: Facts['items'], runId: string): ToolItem | undefined {
  const item = items.at(-1);
  return item?.type === 'tool' && item.runId === runId && isToolOpen(item.status) ? item : undefined;
}
