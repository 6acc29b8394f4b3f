import type { ConversationState } from '@konui/client';
import * as en from '../text/en.ts';

/** What of a change deserves to be read aloud; undefined for all that streams. */
export function newsOf(before: ConversationState, now: ConversationState): string | undefined {
  const isNew = (list: readonly { requestId: string }[], requestId: string): boolean =>
    !list.some((each) => each.requestId === requestId);
  const permission = now.pendingPermissions.find(({ requestId }) => isNew(before.pendingPermissions, requestId));
  if (permission !== undefined) return en.announce.permission(permission.toolCall.title ?? en.permission.title);
  const question = now.pendingElicitations.find(({ requestId }) => isNew(before.pendingElicitations, requestId));
  if (question !== undefined) return en.announce.question(question.message);
  if (now.run !== undefined) return before.run?.runId === now.run.runId ? undefined : en.announce.started;
  if (now.lastRun === undefined || before.lastRun?.runId === now.lastRun.runId) return undefined;
  if (now.limit !== undefined) return en.announce.limit;
  if (now.lastRun.aborted) return en.announce.stopped;
  return now.lastRun.success ? en.announce.finished : en.announce.failed;
}
