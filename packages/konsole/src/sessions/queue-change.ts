import {
  type ContentBlock,
  KonuiError,
  type QueueAction,
  type QueueRequest,
  type SessionState,
  type StoredContentBlock,
} from '@konui/protocol';

type QueueState = Pick<SessionState, 'queue' | 'queueVersion'>;
type PromptAction = Extract<QueueAction, { promptId: unknown }>;

/** Whether the sender left the queue's version to the host. */
export function lacksQueueVersion(change: QueueAction): boolean {
  return 'promptId' in change && change.queueVersion === undefined;
}

/**
 * A change of the queue as a line of the inbox. Throws PROMPT_NOT_QUEUED or QUEUE_CHANGED where the state already says
 * that the runner could only reject it, and what `store` throws.
 */
export function toQueueCommand(
  { commandId, by, change }: QueueRequest,
  state: QueueState,
  store: (content: readonly ContentBlock[]) => StoredContentBlock[],
): object {
  const base = { commandId, by };
  switch (change.action) {
    case 'hold':
      return { type: 'queue_hold', ...base };
    case 'resume':
      return { type: 'queue_resume', ...base };
    case 'edit':
      return { type: 'queue_edit', ...base, ...toTarget(change, state), content: store(change.content) };
    case 'move':
      if (change.before !== null) requireQueued(state, change.before);
      return { type: 'queue_move', ...base, ...toTarget(change, state), before: change.before };
    case 'remove':
      return { type: 'queue_remove', ...base, ...toTarget(change, state) };
    case 'send_now':
      return { type: 'queue_send_now', ...base, ...toTarget(change, state) };
  }
}

function toTarget({ promptId, queueVersion }: PromptAction, state: QueueState): object {
  requireQueued(state, promptId);
  if (queueVersion !== undefined && queueVersion !== state.queueVersion) {
    throw new KonuiError(
      'QUEUE_CHANGED',
      `the queue has version ${state.queueVersion} by now, not ${queueVersion}; look at it again`,
    );
  }
  return { promptId, queueVersion: state.queueVersion };
}

function requireQueued({ queue }: QueueState, promptId: string): void {
  if (queue.some((queued) => queued.promptId === promptId)) return;
  throw new KonuiError('PROMPT_NOT_QUEUED', `prompt ${promptId} does not wait (any more)`);
}
