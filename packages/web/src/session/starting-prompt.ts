import { type ConversationState, type PendingCommand, unseenPrompts } from '@konui/client';

interface Waiting {
  readonly conversation: ConversationState;
  readonly pending: readonly PendingCommand[];
}

/** The prompt that the host has and whose run has not begun: the process of its agent may have to start first. */
export function startingPrompt({ conversation, pending }: Waiting): PendingCommand | undefined {
  if (conversation.run !== undefined || conversation.queueHold !== undefined) return undefined;
  return unseenPrompts(conversation, pending).find(({ state }) => state === 'accepted');
}
