import { type ReactNode, useEffect, useRef } from 'react';
import type { ConnectionState } from '@konui/client';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { connectionNotice } from './connection-notice.ts';

interface ConnectionBannerProps {
  readonly connection: ConnectionState;
  readonly isHostUnreachable: boolean;
  readonly isOutdated: boolean;
  readonly onRetry: () => void;
  readonly onSignIn: () => void;
  readonly onReload: () => void;
}

/** Says what is wrong with the connection, if anything, and offers what helps. */
export function ConnectionBanner(props: ConnectionBannerProps): ReactNode {
  const isDown = props.connection.state !== 'live';
  const downSince = useRef<number | undefined>(undefined);
  const nowMs = useNow(500, isDown);
  useEffect(() => {
    downSince.current = isDown ? (downSince.current ?? Date.now()) : undefined;
  }, [isDown]);

  const { connection, isHostUnreachable, isOutdated } = props;
  const notice = connectionNotice({ connection, downSince: downSince.current, nowMs, isHostUnreachable, isOutdated });
  const actions = { retry: props.onRetry, 'sign-in': props.onSignIn, reload: props.onReload };
  return (
    <div role="status" className="connection" data-testid="connection" data-state={connection.state}>
      {notice !== undefined && (
        <div className={`banner ${notice.tone}`}>
          {notice.tone === 'problem' ? <Icon name="alert" /> : <Icon name="repeat" />}
          <span className="banner-text">
            {notice.text} <span aria-hidden="true">{notice.countdown}</span>
          </span>
          {notice.action !== undefined && (
            <button type="button" className="button" onClick={actions[notice.action.does]}>
              {notice.action.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
