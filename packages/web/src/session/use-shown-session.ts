import { useEffect } from 'react';
import type { Connection } from '@konui/client';

/** Tells the gateway while somebody looks at the session: they need no notification of it elsewhere. */
export function useShownSession(sessionId: string, connection: Pick<Connection, 'setVisibility'>): void {
  useEffect(() => {
    const say = (): void => {
      const isVisible = document.visibilityState === 'visible' && document.hasFocus();
      connection.setVisibility({ isVisible, sessionId });
    };
    say();
    window.addEventListener('focus', say);
    window.addEventListener('blur', say);
    document.addEventListener('visibilitychange', say);
    return () => {
      window.removeEventListener('focus', say);
      window.removeEventListener('blur', say);
      document.removeEventListener('visibilitychange', say);
      connection.setVisibility({ isVisible: false });
    };
  }, [sessionId, connection]);
}
