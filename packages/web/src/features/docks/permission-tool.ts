import type { ToolItem } from '@konui/client';
import type { PendingPermission } from '@konui/protocol';
import { commandOf, type ToolFacts, toolKindText, toolTitle } from '../../ui/tool/tool-facts.ts';

/** What a permission is asked for: its own words where it has them, else what the transcript knows of the call. */
export function permissionTool(permission: PendingPermission, known: ToolItem | undefined): ToolFacts {
  const { toolCall } = permission;
  const own: Readonly<Record<string, unknown>> = toolCall;
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const content = own['content'];
  return {
    toolCallId: toolCall.toolCallId,
    title: text(toolCall.title) ?? known?.title,
    // ACP's own name here: only an event's envelope makes `toolKind` of it.
    toolKind: text(own['kind']) ?? text(own['toolKind']) ?? known?.toolKind,
    status: known?.status ?? 'pending',
    rawInput: own['rawInput'] ?? known?.rawInput,
    rawOutput: undefined,
    content: Array.isArray(content) && content.length > 0 ? content.filter(isToolContent) : (known?.content ?? []),
    locations: known?.locations ?? [],
    output: [],
    exit: undefined,
  };
}

function isToolContent(value: unknown): value is ToolItem['content'][number] {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'diff') return 'path' in value && typeof value.path === 'string' && 'newText' in value;
  return value.type === 'content' && 'content' in value && typeof value.content === 'object' && value.content !== null;
}

/** What stands above a request: not the command a second time, which is shown in full below. */
export function permissionTitle(tool: ToolFacts): string {
  const title = tool.title?.replace(/^`(.*)`$/s, '$1').trim();
  return title !== undefined && title === commandOf(tool.rawInput)?.trim()
    ? toolKindText(tool.toolKind)
    : toolTitle(tool);
}
