import type { SessionList } from '@konui/client';
import type { Notifications } from '../features/notifications/notifications.ts';
import { noticesOf } from '../features/notifications/session-notices.ts';

/** Tells of sessions while this page is open and hidden. Returns the removal. */
export function tellWhileHidden(sessionList: SessionList, notifications: Notifications): () => void {
  let before = sessionList.get();
  return sessionList.subscribe(() => {
    const after = sessionList.get();
    const { shown, over } = before.state === 'ready' ? noticesOf(before.sessions, after.sessions) : noticesOf([], []);
    before = after;
    for (const tag of over) void notifications.takeBack(tag);
    if (document.visibilityState === 'hidden') for (const notice of shown) void notifications.show(notice);
  });
}
