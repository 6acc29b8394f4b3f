import type { PendingCommand } from '../outbox/pending-command.ts';
import type { ConversationState } from './conversation-state.ts';

/** The pending prompts that no event shows yet, to be shown after the conversation as being sent (C8). */
export function unseenPrompts(state: ConversationState, pending: readonly PendingCommand[]): PendingCommand[] {
  return pending.filter(({ type, commandId }) => {
    if (type !== 'chat.send') return false;
    if (state.queue.some(({ promptId }) => promptId === commandId)) return false;
    return !state.items.some((item) => item.type === 'prompt' && item.promptId === commandId);
  });
}
