import { useEffect } from 'react';
import * as en from '../text/en.ts';

interface Attention {
  /** Of the page that is open. */
  readonly title: string;
  /** How many sessions wait for a person. */
  readonly needsYou: number;
  /** How many have ended something that nobody has seen. */
  readonly unread: number;
  /** This was so when something was last heard of them. */
  readonly isStale: boolean;
}

/** The tab's title and icon say what the page is, and what waits. */
export function useAttention({ title, needsYou, unread, isStale }: Attention): void {
  useEffect(() => {
    const mark = needsYou > 0 ? en.app.needsYou(needsYou) : unread > 0 ? en.app.unread : '';
    document.title = `${isStale ? en.liveness.title : ''}${mark}${title === '' ? '' : `${title} · `}${en.app.name}`;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const news = needsYou > 0 ? 'favicon-needs-you' : unread > 0 ? 'favicon-unread' : 'favicon';
    if (icon !== null) icon.href = `/${isStale ? 'favicon-offline' : news}.svg`;
  }, [title, needsYou, unread, isStale]);
}
