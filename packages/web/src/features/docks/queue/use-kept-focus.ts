import { type RefObject, useLayoutEffect, useRef } from 'react';

/** The control of a row that had the focus, and where the row stood. */
interface Focused {
  readonly promptId: string;
  readonly control: string;
  readonly index: number;
}

/**
 * Keeps the focus on the control that has it while rows move (a moved element loses it) and are removed: then it goes
 * to the row that took the place, or to `onLost` when none is left.
 */
export function useKeptFocus(
  list: RefObject<HTMLElement | null>,
  rows: readonly { readonly promptId: string }[],
  onLost: () => void,
): void {
  const focused = useRef<Focused | undefined>(undefined);
  // The list is another element when it comes back.
  const isEmpty = rows.length === 0;

  useLayoutEffect(() => {
    const element = list.current;
    const onFocusIn = (event: FocusEvent): void => {
      focused.current = toFocused(event.target);
    };
    // Moving away on purpose goes to another element; losing the focus goes to none.
    const onFocusOut = (event: FocusEvent): void => {
      if (event.relatedTarget !== null) focused.current = undefined;
    };
    element?.addEventListener('focusin', onFocusIn);
    element?.addEventListener('focusout', onFocusOut);
    return () => {
      element?.removeEventListener('focusin', onFocusIn);
      element?.removeEventListener('focusout', onFocusOut);
    };
  }, [list, isEmpty]);

  useLayoutEffect(() => {
    const { current } = focused;
    if (current === undefined || document.activeElement !== document.body) return;
    const same = rows.some(({ promptId }) => promptId === current.promptId)
      ? current.promptId
      : rows[Math.min(current.index, rows.length - 1)]?.promptId;
    const control = list.current?.querySelector<HTMLElement>(
      `[data-prompt-id="${same}"] [data-control="${current.control}"]`,
    );
    if (control === null || control === undefined) {
      focused.current = undefined;
      onLost();
    } else control.focus();
  }, [list, rows, onLost]);
}

function toFocused(target: EventTarget | null): Focused | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const row = target.closest<HTMLElement>('[data-prompt-id]');
  const { control } = target.dataset;
  const promptId = row?.dataset['promptId'];
  if (row === null || control === undefined || promptId === undefined) return undefined;
  return { promptId, control, index: [...(row.parentElement?.children ?? [])].indexOf(row) };
}
