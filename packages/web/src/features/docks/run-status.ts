import type { ConversationState, ToolItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { durationText } from '../../ui/duration.ts';
import { commandOf, isToolOpen, toolStartedAt, toolTitle } from '../../ui/tool/tool-facts.ts';

export interface RunStatus {
  readonly state: 'starting' | 'working' | 'tool' | 'silent' | 'retrying' | 'waiting' | 'stopping' | 'cut-off';
  /** Changes only with the state: may be read aloud. */
  readonly text: string;
  /** For how long, in words: of the run, or of what the text is about. */
  readonly elapsed: string;
}

type Facts = Pick<
  ConversationState,
  'run' | 'activity' | 'retrying' | 'pendingPermissions' | 'pendingElicitations' | 'items'
>;

interface Watch {
  /** Nothing is heard of the run: there is no connection, or what is shown is a copy. */
  readonly isCutOff: boolean;
  /** A stop is on its way. */
  readonly isStopAsked: boolean;
  /** Since when a prompt is accepted whose run has not begun: its agent's process is being started. */
  readonly startingSinceMs: number | undefined;
  readonly nowMs: number;
  /** When the last event arrived; undefined where silence says nothing, as without a connection. */
  readonly lastSignMs: number | undefined;
}

/** Agents that work say something every few seconds; one that is silent for longer may be stuck. */
const SILENCE_MS = 20_000;

/** What the open run is doing, in words; undefined where none is open or about to be. */
export function runStatus(facts: Facts, watch: Watch): RunStatus | undefined {
  const { isCutOff, isStopAsked, nowMs, lastSignMs } = watch;
  const { run, activity, retrying, items } = facts;
  if (run === undefined) return isCutOff ? undefined : startStatus(watch);
  const since = (at: string): string => durationText(nowMs - Date.parse(at));
  const elapsed = since(run.startedAt);
  const [asked] = [...facts.pendingPermissions, ...facts.pendingElicitations].map(({ at }) => at).toSorted();
  if (isCutOff) return { state: 'cut-off', text: asked === undefined ? en.run.wasRunning : en.run.wasWaiting, elapsed };
  if (run.isStopping || isStopAsked) return { state: 'stopping', text: en.run.stopping, elapsed };
  if (asked !== undefined) return { state: 'waiting', text: en.run.waiting, elapsed: since(asked) };
  if (retrying !== undefined) {
    return {
      state: 'retrying',
      text: en.run.retrying(retrying.message),
      elapsed: en.run.spanFor(since(retrying.at)),
    };
  }
  if (activity !== undefined) return { state: 'starting', text: activityText(activity), elapsed };
  const tool = openTool(items, run.runId);
  if (tool !== undefined) {
    const command = tool.toolKind === 'execute' ? commandOf(tool.rawInput) : undefined;
    const time = since(toolStartedAt(tool) ?? tool.at);
    return command === undefined
      ? { state: 'tool', text: toolTitle(tool), elapsed: en.run.runningFor(time) }
      : { state: 'tool', text: en.run.commandRunning(command), elapsed: en.run.spanFor(time) };
  }
  const silenceMs = lastSignMs === undefined ? 0 : nowMs - lastSignMs;
  if (silenceMs >= SILENCE_MS) {
    return { state: 'silent', text: en.run.silent, elapsed: en.run.spanFor(durationText(silenceMs)) };
  }
  return { state: 'working', text: en.run.working, elapsed };
}

function startStatus({ startingSinceMs, isStopAsked, nowMs }: Watch): RunStatus | undefined {
  if (startingSinceMs === undefined) return undefined;
  const elapsed = durationText(nowMs - startingSinceMs);
  return isStopAsked
    ? { state: 'stopping', text: en.run.stopping, elapsed }
    : { state: 'starting', text: en.run.starting, elapsed };
}

function activityText(activity: string): string {
  return `${activity.charAt(0).toUpperCase()}${activity.slice(1).replace(/(?:…|\.\.\.)$/, '')}…`;
}

/** The tool call that the agent waits for: once it has said something, it no longer does. */
function openTool(items: Facts['items'], runId: string): ToolItem | undefined {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.runId !== runId || item.type === 'message' || item.type === 'thought') return undefined;
    if (item.type === 'tool' && isToolOpen(item.status)) return item;
  }
  return undefined;
}
