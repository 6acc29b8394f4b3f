import { type RefObject, useEffect, useRef } from 'react';

/** Pulled down by this much, a sheet closes. */
const CLOSES_AT_PX = 90;

/** A bottom sheet follows the finger at its handle, and closes when it is pulled far enough. */
export function useSheetDrag(sheet: RefObject<HTMLElement | null>, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = sheet.current;
    const handle = element?.querySelector<HTMLElement>('.sheet-handle');
    if (element == null || handle == null) return;
    let fromY: number | undefined;
    const pulled = (event: PointerEvent): number => Math.max(0, event.clientY - (fromY ?? event.clientY));
    const onEnd = (event: PointerEvent): void => {
      if (fromY === undefined) return;
      const isFar = event.type === 'pointerup' && pulled(event) > CLOSES_AT_PX;
      fromY = undefined;
      element.style.translate = '';
      if (isFar) close.current();
    };
    const listening = new AbortController();
    const { signal } = listening;
    handle.addEventListener(
      'pointerdown',
      (event) => {
        fromY = event.clientY;
        handle.setPointerCapture(event.pointerId);
      },
      { signal },
    );
    handle.addEventListener(
      'pointermove',
      (event) => {
        if (fromY !== undefined) element.style.translate = `0 ${pulled(event)}px`;
      },
      { signal },
    );
    handle.addEventListener('pointerup', onEnd, { signal });
    handle.addEventListener('pointercancel', onEnd, { signal });
    return () => listening.abort();
  }, [sheet]);
}
