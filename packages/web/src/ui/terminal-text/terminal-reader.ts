import type { Store } from '../use-store.ts';
import type { TerminalLine } from './terminal-line.ts';
import { TerminalText } from './terminal-text.ts';

/** How long reading may hold up the page at a time. */
const SLICE_MS = 10;
/** Read between two looks at the clock, in UTF-16 code units. */
const PIECE = 16_384;

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
    const until = performance.now() + SLICE_MS;
    do {
      const end = Math.min(wanted.length, readUpTo + PIECE);
      parser.feed(wanted.slice(readUpTo, end));
      readUpTo = end;
    } while (readUpTo < wanted.length && performance.now() < until);
    const isReading = readUpTo < wanted.length;
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
