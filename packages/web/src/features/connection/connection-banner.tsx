import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { type ConnectionFacts, connectionNotice } from './connection-notice.ts';

interface ConnectionBannerProps extends Omit<ConnectionFacts, 'nowMs'> {
  readonly onRetry: () => void;
  readonly onSignIn: () => void;
  readonly onReload: () => void;
}

/** Says what is wrong with the connection, if anything, and offers what helps. It has a strip of its own above the page. */
export function ConnectionBanner(props: ConnectionBannerProps): ReactNode {
  const nowMs = useNow(500, props.connection.state !== 'live');
  const notice = connectionNotice({ ...props, nowMs });
  const actions = { retry: props.onRetry, 'sign-in': props.onSignIn, reload: props.onReload };
  return (
    <div role="status" className="connection" data-testid="connection" data-state={props.connection.state}>
      {notice !== undefined && (
        <div className={`banner ${notice.tone}`}>
          {notice.tone === 'problem' ? <Icon name="alert" /> : <Icon name="repeat" />}
          <span className="banner-text">
            {notice.text} <span aria-hidden="true">{notice.countdown}</span>
            {notice.more !== undefined && ` · ${notice.more}`}
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
