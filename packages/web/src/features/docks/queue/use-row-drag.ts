import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** A row that is being dragged, and the place (from 0, as the list is now) that it would take. */
export interface RowDrag {
  readonly promptId: string;
  readonly from: number;
  readonly to: number;
}

export interface RowDragging {
  readonly drag: RowDrag | undefined;
  /** For the grip of a row. */
  readonly begin: (event: PointerEvent<HTMLElement>, promptId: string) => void;
}

/** Moves rows by their grips with a mouse, a pen or a finger; Escape gives up. */
export function useRowDrag(
  list: RefObject<HTMLElement | null>,
  onMove: (promptId: string, from: number, to: number) => void,
): RowDragging {
  const [drag, setDrag] = useState<RowDrag | undefined>(undefined);
  const end = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => end.current?.(), []);

  const begin = (event: PointerEvent<HTMLElement>, promptId: string): void => {
    const from = rowsOf(list.current).findIndex((row) => row.dataset['promptId'] === promptId);
    if (event.button !== 0 || from === -1) return;
    event.preventDefault();
    const controller = new AbortController();
    const { signal } = controller;
    const { pointerId } = event;
    let now: RowDrag = { promptId, from, to: from };
    setDrag(now);
    const finish = (): void => {
      controller.abort();
      end.current = undefined;
      setDrag(undefined);
    };
    end.current = finish;
    const onPointerMove = (move: globalThis.PointerEvent): void => {
      if (move.pointerId !== pointerId) return;
      now = { ...now, to: placeAt(rowsOf(list.current), from, move.clientY) };
      setDrag(now);
    };
    const onPointerUp = (up: globalThis.PointerEvent): void => {
      if (up.pointerId !== pointerId) return;
      finish();
      if (now.to !== now.from) onMove(promptId, now.from, now.to);
    };
    const onKeyDown = (key: KeyboardEvent): void => {
      if (key.key !== 'Escape') return;
      // It would stop the run.
      key.preventDefault();
      key.stopPropagation();
      finish();
    };
    window.addEventListener('pointermove', onPointerMove, { signal });
    window.addEventListener('pointerup', onPointerUp, { signal });
    window.addEventListener('pointercancel', finish, { signal });
    window.addEventListener('keydown', onKeyDown, { signal, capture: true });
  };
  return { drag, begin };
}

function rowsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return Array.from(list?.querySelectorAll<HTMLElement>(':scope > [data-prompt-id]') ?? []);
}

/** A row takes another's place when the pointer has passed its middle. */
function placeAt(rows: readonly HTMLElement[], from: number, y: number): number {
  const middles = rows.map((row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2;
  });
  return dropPlace(middles, from, y);
}

/** The place (from 0) for a row from `from`, dropped at `y` among rows with these middles. */
export function dropPlace(middles: readonly number[], from: number, y: number): number {
  let to = from;
  while (to + 1 < middles.length && y > (middles[to + 1] ?? Infinity)) to += 1;
  while (to > 0 && y < (middles[to - 1] ?? -Infinity)) to -= 1;
  return to;
}
