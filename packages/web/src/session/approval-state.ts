import type { ElicitationItem, PermissionItem } from '@konui/client';
import type { ApprovalState } from '../features/approve/approve-page.tsx';
import { originText } from '../ui/origin-text.ts';
import type { ConversationView } from './conversation-view.ts';

/** How it stands with one request of a session. `hasAnswered`: an answer was given on this page. */
export function approvalState(
  { conversation, phase, isConnected }: Pick<ConversationView, 'conversation' | 'phase' | 'isConnected'>,
  requestId: string,
  hasAnswered: boolean,
): ApprovalState {
  const { pendingPermissions, pendingElicitations, items } = conversation;
  const isOpen = [...pendingPermissions, ...pendingElicitations].some((pending) => pending.requestId === requestId);
  if (isOpen) return { state: 'open', isConnected };
  const item = items.findLast(
    (each): each is PermissionItem | ElicitationItem =>
      (each.type === 'permission' || each.type === 'elicitation') && each.requestId === requestId,
  );
  if (item?.resolution === undefined) return { state: phase === 'loading' ? 'loading' : 'missing' };
  const { by } = item.resolution;
  // Nobody's answer: the run was over before one came.
  if (by.type === 'system') return { state: 'closed' };
  return hasAnswered ? { state: 'done' } : { state: 'answered', who: originText(by), what: answerOf(item) };
}

function answerOf(item: PermissionItem | ElicitationItem): string | undefined {
  if (item.type === 'elicitation') return undefined;
  return item.options.find(({ optionId }) => optionId === item.resolution?.optionId)?.name;
}
