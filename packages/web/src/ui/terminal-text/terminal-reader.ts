import type { Store } from '../use-store.ts';
import type { TerminalLine } from './terminal-line.ts';
import { TerminalText } from './terminal-text.ts';

/** Read at once before the first drawing, and then between two drawings, in UTF-16 code units. */
const SLICE = 131_072;

export interface TerminalView {
  readonly lines: readonly TerminalLine[];
  /** Lines before them that were let go of. */
  readonly dropped: number;
  /** More of the text is still to be read. */
  readonly isReading: boolean;
}

export interface TerminalReader extends Store<TerminalView> {
  /** Reads on where `text` goes on from the text before, else from its beginning. */
  readonly want: (text: string) => void;
  readonly close: () => void;
}

/** Turns output into lines, piece by piece, so that neither a growing nor a large one holds up the page. */
export function createTerminalReader(maxLines: number): TerminalReader {
  const listeners = new Set<() => void>();
  let wanted = '';
  let readUpTo = 0;
  let parser = new TerminalText({ maxLines });
  let view: TerminalView = { lines: [], dropped: 0, isReading: false };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const readSlice = (): void => {
    const end = Math.min(wanted.length, readUpTo + SLICE);
    parser.feed(wanted.slice(readUpTo, end));
    readUpTo = end;
    const isReading = end < wanted.length;
    view = { lines: parser.lines(), dropped: parser.dropped, isReading };
    timer = isReading ? setTimeout(readLater) : undefined;
  };
  const readLater = (): void => {
    readSlice();
    listeners.forEach((listener) => listener());
  };

  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want(text) {
      if (text === wanted) return;
      if (!text.startsWith(wanted)) {
        parser = new TerminalText({ maxLines });
        readUpTo = 0;
      }
      wanted = text;
      if (timer === undefined) readSlice();
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
