import type { ConversationDraft } from './conversation-draft.ts';
import type { PermissionItem, ToolItem } from './items.ts';

/** What a request for permission says of the call that it is for. */
export function toolPermission({ at, resolution }: PermissionItem): ToolItem['permission'] {
  if (resolution === undefined) return { state: 'asked', at };
  if (resolution.optionId === undefined) return { state: 'withdrawn', at: resolution.at };
  const isRejected = resolution.optionKind?.startsWith('reject') === true;
  return { state: isRejected ? 'rejected' : 'allowed', at: resolution.at };
}

/** Has the call, where it is known, say how its permission stands. */
export function notePermission(draft: ConversationDraft, request: PermissionItem): void {
  const { toolCallId } = request.toolCall;
  const index = draft.items.findLastIndex((item) => item.type === 'tool' && item.toolCallId === toolCallId);
  const tool = draft.items[index];
  if (tool?.type !== 'tool' || tool.runId !== request.runId) return;
  draft.replace(index, { ...tool, permission: toolPermission(request) });
}
