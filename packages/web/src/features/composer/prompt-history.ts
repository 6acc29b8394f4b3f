/** Where somebody is in the prompts of before; undefined where nobody looks at them. */
export interface HistoryPlace {
  readonly index: number;
  /** What came from there; as soon as it is changed it is a text of its own. */
  readonly text: string;
}

interface Field {
  readonly text: string;
  readonly caret: number;
}

/**
 * The place that an arrow key leads to: up from an empty field, or from an unchanged prompt of before whose first line
 * the caret is in; down in the same way. Undefined where the key is the field's own; `empty` is past the latest.
 */
export function historyStep(
  key: string,
  { text, caret, history, place }: Field & { history: readonly string[]; place: HistoryPlace | undefined },
): HistoryPlace | 'empty' | undefined {
  const isBrowsing = place !== undefined && place.text === text;
  if (key === 'ArrowUp') {
    if ((text !== '' && !isBrowsing) || text.lastIndexOf('\n', caret - 1) !== -1) return undefined;
    return placeAt(history, (isBrowsing ? place.index : history.length) - 1);
  }
  if (key !== 'ArrowDown' || !isBrowsing || text.includes('\n', caret)) return undefined;
  return placeAt(history, place.index + 1) ?? 'empty';
}

function placeAt(history: readonly string[], index: number): HistoryPlace | undefined {
  const text = history[index];
  return text === undefined ? undefined : { index, text };
}
