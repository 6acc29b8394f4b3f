import type { ConversationItem, ConversationState } from '@konui/client';
import type { SessionInfo, SignIn } from '@konui/protocol';

/** Why the session as a whole is not as usual. */
export type SessionNotice =
  | { readonly type: 'storage_full' | 'storage_failed' | 'not_responding' | 'agent_exited' | 'archived' }
  | { readonly type: 'sign_in'; readonly message: string; readonly signIn: SignIn | undefined };

/** What has to be said first; undefined where all is as usual. */
export function sessionNotice(
  { items, run, lastRun }: Pick<ConversationState, 'items' | 'run' | 'lastRun'>,
  session: Pick<SessionInfo, 'trouble' | 'status' | 'archived' | 'provider'> | undefined,
): SessionNotice | undefined {
  if (session?.trouble === 'storage_full' || session?.trouble === 'storage_failed') return { type: session.trouble };
  if (session?.status === 'not_responding') return { type: 'not_responding' };
  if (run === undefined) {
    const error = lastError(items);
    if (error?.code === 'AGENT_AUTH_REQUIRED') {
      return { type: 'sign_in', message: error.message, signIn: error.signIn };
    }
  }
  if (session?.archived === true) return { type: 'archived' };
  return run === undefined && lastRun?.stopReason === 'agent_exited' ? { type: 'agent_exited' } : undefined;
}

/** Of the last run, or since: a prompt that was answered since means that it is over. */
function lastError(items: readonly ConversationItem[]): Extract<ConversationItem, { type: 'error' }> | undefined {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.type === 'prompt' || item?.type === 'message') return undefined;
    if (item?.type === 'error') return item;
  }
  return undefined;
}
