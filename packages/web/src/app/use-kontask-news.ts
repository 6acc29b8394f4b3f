import { useEffect } from 'react';
import { useLocation } from 'wouter';
import * as en from '../text/en.ts';
import { useServices } from './services.ts';

/** A toast leads to each kontask that comes, but for the one that is open. */
export function useKontaskNews(): void {
  const { kontaskInbox, toasts } = useServices();
  const [location, navigate] = useLocation();
  useEffect(
    () =>
      kontaskInbox.onNews(({ id, title, status }) => {
        const path = `/kontasks/${encodeURIComponent(id)}`;
        if (location === path) return;
        toasts.show({
          text: en.sidebar.kontaskCame(en.sidebar.kontaskNews[status], title),
          action: { label: en.sidebar.openKontask, run: () => navigate(path) },
        });
      }),
    [kontaskInbox, toasts, location, navigate],
  );
}
