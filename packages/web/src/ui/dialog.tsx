import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import * as en from '../text/en.ts';
import { Icon } from './icon.tsx';
import { useSheetDrag } from './use-sheet-drag.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `wide` for lists beside each other, `bare` where the content begins at the very top and has no visible title. */
  readonly shape?: 'wide' | 'bare';
}

/**
 * A modal window of the browser's own: it keeps the focus inside, closes with Escape and gives the focus back. On a
 * phone it is a sheet at the bottom that can be pulled away.
 */
export function Dialog({ title, onClose, children, shape }: DialogProps): ReactNode {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useSheetDrag(element, onClose);
  // With the next picture, not after it: a key that follows at once is for the window.
  useLayoutEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      // The browser gives the focus back only to a window that is still in the page.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    const dialog = element.current;
    // Newer browsers know what a click beside it means by themselves.
    if (dialog === null || 'closedBy' in HTMLDialogElement.prototype) return;
    const onClick = (event: MouseEvent): void => {
      if (event.target === dialog) onClose();
    };
    dialog.addEventListener('click', onClick);
    return () => dialog.removeEventListener('click', onClick);
  }, [onClose]);
  return (
    <dialog
      ref={element}
      className={`dialog ${shape ?? ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      closedby="any"
    >
      <div className="sheet-handle" aria-hidden="true" />
      <div className="dialog-body">
        <div className={shape === 'bare' ? 'visually-hidden' : 'dialog-head'}>
          <h2 id={titleId}>{title}</h2>
          {shape !== 'bare' && (
            <button type="button" className="icon-button small" aria-label={en.dialog.close} onClick={onClose}>
              <Icon name="cross" />
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
