import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../icon.tsx';
import { useStore } from '../use-store.ts';
import type { Toasts } from './toasts.ts';

/** Where toasts show; there from the beginning, so that screen readers hear the first one too. */
export function ToastRegion({ toasts }: { toasts: Toasts }): ReactNode {
  const shown = useStore(toasts);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only waits for its reader
    <div
      className="toasts"
      role="status"
      onPointerEnter={toasts.pause}
      onPointerLeave={toasts.goOn}
      onFocus={toasts.pause}
      onBlur={toasts.goOn}
    >
      {shown.map(({ id, text, action }) => (
        <div key={id} className="toast" data-testid="toast">
          <span className="toast-text">{text}</span>
          {action !== undefined && (
            <button
              type="button"
              className="button subtle"
              onClick={() => {
                toasts.dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <button
            type="button"
            className="icon-button small"
            aria-label={en.toast.close}
            onClick={() => toasts.dismiss(id)}
          >
            <Icon name="cross" />
          </button>
        </div>
      ))}
    </div>
  );
}
