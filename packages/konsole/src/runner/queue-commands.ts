import type { Command, CommandId, ErrorCode } from '@konui/protocol';
import type { SessionJournal } from './session-journal.ts';

/** Commands that change the queue. */
export type QueueCommand = Extract<Command, { type: `queue_${string}` }>;

/** Answers a change of the queue with exactly one event. What follows from it (a run that begins or ends) is the caller's. */
export function changeQueue(journal: SessionJournal, command: QueueCommand): 'changed' | 'rejected' {
  const { commandId, by } = command;
  switch (command.type) {
    case 'queue_hold':
      journal.append({ kind: 'queue_held', reason: 'person', by, commandId });
      return 'changed';
    case 'queue_resume':
      journal.append({ kind: 'queue_resumed', by, commandId });
      return 'changed';
    case 'queue_edit':
    case 'queue_move':
    case 'queue_remove':
    case 'queue_send_now':
      break;
  }
  const { promptId } = command;
  if (!journal.state.queue.some((queued) => queued.promptId === promptId)) {
    return reject(journal, commandId, 'PROMPT_NOT_QUEUED');
  }
  if (command.queueVersion !== journal.state.queueVersion) return reject(journal, commandId, 'QUEUE_CHANGED');
  switch (command.type) {
    case 'queue_edit':
      journal.append({ kind: 'prompt_changed', commandId, promptId, by, content: command.content });
      return 'changed';
    case 'queue_move':
      journal.append({ kind: 'prompt_changed', commandId, promptId, by, before: command.before });
      return 'changed';
    case 'queue_remove':
      journal.append({ kind: 'prompt_removed', commandId, promptId, by });
      return 'changed';
    case 'queue_send_now':
      journal.append({ kind: 'prompt_changed', commandId, promptId, by, sendNow: true });
      return 'changed';
  }
}

function reject(journal: SessionJournal, commandId: CommandId, code: ErrorCode): 'rejected' {
  journal.append({ kind: 'command_rejected', commandId, code });
  return 'rejected';
}
