import type { ToolContent, ToolItem } from '@konui/client';
import * as en from '../../text/en.ts';
import type { IconName } from '../icon.tsx';
import { showControls } from '../show-controls.ts';

/** What the page shows of a tool call, be it one of the transcript's or one that a permission is asked for. */
export type ToolFacts = Pick<
  ToolItem,
  | 'toolCallId'
  | 'title'
  | 'toolKind'
  | 'status'
  | 'rawInput'
  | 'rawOutput'
  | 'content'
  | 'locations'
  | 'output'
  | 'exit'
  | 'endedAt'
  | 'permission'
  | 'cutShort'
>;

const ICONS: ReadonlyMap<string, IconName> = new Map([
  ['read', 'file'],
  ['edit', 'pencil'],
  ['delete', 'trash'],
  ['move', 'move'],
  ['search', 'search'],
  ['execute', 'terminal'],
  ['think', 'thought'],
  ['fetch', 'globe'],
  ['switch_mode', 'repeat'],
]);

export function toolIcon(toolKind: string | undefined): IconName {
  return ICONS.get(toolKind ?? '') ?? 'tool';
}

/** ACP tool kinds and statuses come from the agent: any string may stand there. */
export function toolKindText(toolKind: string | undefined): string {
  const texts: Readonly<Record<string, string>> = en.tool.kind;
  return texts[toolKind ?? 'other'] ?? en.tool.kind.other;
}

export function toolStatusText(status: string): string {
  const texts: Readonly<Record<string, string>> = en.tool.status;
  return texts[status] ?? status;
}

export function toolTitle(tool: Pick<ToolFacts, 'title' | 'toolKind'>): string {
  return tool.title === undefined || tool.title === '' ? toolKindText(tool.toolKind) : showControls(tool.title);
}

export function isToolOpen(status: string): boolean {
  return status !== 'completed' && status !== 'failed';
}

/** The command that a tool call runs, where its input names one; the title alone may be shortened. */
export function commandOf(rawInput: unknown): string | undefined {
  if (typeof rawInput !== 'object' || rawInput === null || !('command' in rawInput)) return undefined;
  const { command } = rawInput;
  if (typeof command === 'string') return command;
  if (!Array.isArray(command) || !command.every((part) => typeof part === 'string')) return undefined;
  const [shell, flag, script] = command;
  const isShellScript =
    command.length === 3 && /(?:^|\/)(?:ba|z|da)?sh$/.test(shell ?? '') && /^-l?c$/.test(flag ?? '');
  return isShellScript
    ? script
    : command.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : JSON.stringify(part))).join(' ');
}

export function hasDiff(content: readonly ToolContent[]): boolean {
  return content.some((part) => part.type === 'diff');
}

/** What became of a tool call. `unfinished`: its run ended without it, or the agent left it open. */
export type ToolOutcome = 'open' | 'waits' | 'done' | 'failed' | 'rejected' | 'stopped' | 'unfinished';

/** `isOver`: its run has ended. */
export function toolOutcome(tool: Pick<ToolItem, 'status' | 'permission' | 'cutShort'>, isOver: boolean): ToolOutcome {
  const { status, permission, cutShort } = tool;
  if (status === 'completed') return 'done';
  if (permission?.state === 'rejected') return 'rejected';
  if (status === 'failed') return cutShort ?? 'failed';
  if (isOver) return 'unfinished';
  return permission?.state === 'asked' ? 'waits' : 'open';
}

/** When it began to run (ISO 8601): with its permission, where that was asked for; undefined where it never did. */
export function toolStartedAt({ at, permission }: Pick<ToolItem, 'at' | 'permission'>): string | undefined {
  if (permission === undefined) return at;
  if (permission.state !== 'allowed') return undefined;
  return permission.at > at ? permission.at : at;
}

/** How long a tool call ran, in milliseconds; undefined while it does, or if it never did. */
export function toolDurationMs(tool: Pick<ToolItem, 'at' | 'endedAt' | 'permission'>): number | undefined {
  const startedAt = toolStartedAt(tool);
  if (tool.endedAt === undefined || startedAt === undefined) return undefined;
  return Math.max(0, Date.parse(tool.endedAt) - Date.parse(startedAt));
}
