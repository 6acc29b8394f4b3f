import type { SessionInfo } from '@konui/protocol';
import { enNotifications } from '../../text/en-notifications.ts';
import { titleOf } from '../../ui/session-words.ts';
import type { PageNotice } from './notifications.ts';

/** What to show and to take back. */
export interface NoticeChanges {
  readonly shown: readonly PageNotice[];
  /** Tags. */
  readonly over: readonly string[];
}

/** What the sessions' rows tell anew since the rows before; rows that were not there before tell nothing. */
export function noticesOf(before: readonly SessionInfo[], after: readonly SessionInfo[]): NoticeChanges {
  const known = new Map(before.map((session) => [session.sessionId, session]));
  const shown: PageNotice[] = [];
  const over: string[] = [];
  for (const session of after) {
    const old = known.get(session.sessionId);
    if (old === undefined || old === session) continue;
    if (waitingOf(session) > waitingOf(old)) shown.push(needsYou(session));
    if (waitingOf(session) === 0 && waitingOf(old) > 0) over.push(tagOf(session));
    if (old.runId !== null && session.runId === null && session.status === 'idle') {
      const ended = endOf(session);
      if (ended !== undefined) shown.push(ended);
    }
  }
  return { shown, over };
}

function needsYou(session: SessionInfo): PageNotice {
  const isPermission = session.pendingPermissions > 0;
  const type = isPermission ? 'permission' : 'question';
  const kind = isPermission ? 'permissions' : 'questions';
  const title = enNotifications.needsYou(titleOf(session));
  return { type, kind, tag: tagOf(session), title, body: enNotifications.needsYouBody, sessionId: session.sessionId };
}

/** A run that somebody stopped has ended as they know already. */
function endOf(session: SessionInfo): PageNotice | undefined {
  const { lastRun, sessionId, projectPath } = session;
  if (lastRun === null || lastRun.aborted) return undefined;
  const type = lastRun.success ? 'finished' : 'failed';
  const title = enNotifications[type](titleOf(session));
  return { type, kind: 'finished', tag: `${tagOf(session)}:end`, title, body: projectPath, sessionId };
}

function waitingOf({ pendingPermissions, pendingElicitations }: SessionInfo): number {
  return pendingPermissions + pendingElicitations;
}

function tagOf({ sessionId }: SessionInfo): string {
  return `session:${sessionId}`;
}
