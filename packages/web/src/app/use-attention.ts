import { useEffect } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { en } from '../text/en.ts';
import { titleOf } from '../ui/session-words.ts';

/** The tab's title and icon say how many sessions need a person. */
export function useAttention(sessions: readonly SessionInfo[], current: SessionInfo | undefined): void {
  const waiting = sessions.filter((session) => session.status === 'waiting').length;
  const title = current === undefined ? en.app.name : `${titleOf(current)} · ${en.app.name}`;
  useEffect(() => {
    document.title = waiting > 0 ? `${en.app.needsYou(waiting)}${title}` : title;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon !== null) icon.href = waiting > 0 ? '/favicon-needs-you.svg' : '/favicon.svg';
  }, [waiting, title]);
}
