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

/** How long a tool call took, in milliseconds; undefined while it runs. */
export function toolDurationMs({ at, endedAt }: Pick<ToolItem, 'at' | 'endedAt'>): number | undefined {
  return endedAt === undefined ? undefined : Math.max(0, Date.parse(endedAt) - Date.parse(at));
}
