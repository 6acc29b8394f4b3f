import { useEffect, useRef } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { sessionNotice } from '../features/docks/notice/session-notice.ts';
import { whenIdle } from '../offline/when-idle.ts';
import { useLazyValue } from '../ui/lazy-value.ts';
import { useStore } from '../ui/use-store.ts';
import type { ConversationView } from './conversation-view.ts';
import type { DocksComponent, SessionParts } from './session-parts.ts';

interface ShownDocks {
  readonly Docks: DocksComponent | undefined;
  /** What the page shows: not the end of a session before the docks that belong to it, which would move what is read. */
  readonly view: ConversationView;
}

/** The docks from when they are first needed; until then their code is fetched when the page is idle. */
export function useDocks(
  { docks, reasons }: Pick<SessionParts, 'docks' | 'reasons'>,
  view: ConversationView,
  session: SessionInfo | undefined,
): ShownDocks {
  const isWordLeft = useStore(reasons).some(({ sessionId }) => sessionId === session?.sessionId);
  const isNeeded = isWordLeft || needsDocks(view, session);
  const Docks = useLazyValue(docks, isNeeded);
  useEffect(() => {
    // Where that fails, they are fetched again once they are needed.
    void whenIdle().then(() => docks.load().catch(() => undefined));
  }, [docks]);
  const shown = useRef(view);
  const isHeld = isNeeded && Docks === undefined && view.phase === 'ready' && shown.current.phase === 'loading';
  if (!isHeld) shown.current = view;
  return { Docks, view: shown.current };
}

/** Something may have to stand above the composer. */
function needsDocks({ conversation, pending }: ConversationView, session: SessionInfo | undefined): boolean {
  const { pendingPermissions, pendingElicitations, plan, queue, queueHold, limit } = conversation;
  const lists: readonly (readonly unknown[])[] = [pendingPermissions, pendingElicitations, plan ?? [], queue, pending];
  const isAnythingListed = lists.some(({ length }) => length > 0);
  const isHeldOrLimited = queueHold !== undefined || limit !== undefined;
  return isAnythingListed || isHeldOrLimited || sessionNotice(conversation, session) !== undefined;
}
