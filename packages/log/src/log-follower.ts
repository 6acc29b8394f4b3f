import { findLine } from './find-line.ts';
import { LogFile } from './log-file.ts';
import { DEFAULT_PAGE_BYTES, type Page, pageFrom } from './page.ts';

export interface FollowLogOptions {
  path: string;
  /** Pages begin with the event after this one; it may lie ahead of the log. */
  afterSeq: number;
  /** Called with each page in order, never with an empty one and never from inside `followLog` or `poke`. */
  onPage: (page: Page) => void;
  /**
   * Called once when the log was cut below what this follower has delivered: a new epoch begins, and the follower has
   * closed.
   */
  onCut?: () => void;
  /** Called for each failed read; the next poll tries again. Without it the error is thrown out of the event loop. */
  onError?: (error: unknown) => void;
  /** Without a doorbell the file is looked at this often; default 1000. */
  pollMs?: number;
  /** Default: 256 KiB. */
  maxPageBytes?: number;
}

export interface LogFollower {
  /** The doorbell: the log may have grown. Any number of pokes in one turn of the event loop costs one look. */
  poke(): void;
  /** Seq of the last delivered event. */
  readonly seq: number;
  close(): void;
}

/** Delivers what a log holds after a cursor, and then what it gets. Between two pages other work gets its turn. */
export function followLog(options: FollowLogOptions): LogFollower {
  const file = new LogFile(options.path);
  let seq = Math.max(0, options.afterSeq);
  // Where the event after `seq` begins; undefined while `seq` is not in the log.
  let offset: number | undefined;
  // The last bytes before `offset`, by which a log that was cut and grew again is told from one that only grew.
  let tail: Buffer = Buffer.alloc(0);
  let look: NodeJS.Immediate | undefined;
  let isClosed = false;

  const close = () => {
    if (isClosed) return;
    isClosed = true;
    clearImmediate(look);
    clearInterval(poll);
    file.close();
  };
  const poke = () => {
    if (!isClosed) look ??= setImmediate(drain);
  };
  const read = (): Page | undefined => {
    offset ??= findNext(file, seq);
    return offset === undefined ? undefined : pageFrom(file, { offset, firstSeq: seq + 1 }, { maxBytes });
  };
  const drain = () => {
    look = undefined;
    let page: Page | undefined;
    try {
      if (offset !== undefined && !file.read(offset - tail.length, tail.length).equals(tail)) {
        close();
        options.onCut?.();
        return;
      }
      page = read();
    } catch (error) {
      if (options.onError === undefined) throw error;
      options.onError(error);
      return;
    }
    if (page === undefined || page.count === 0) return;
    seq = page.lastSeq;
    offset = (offset ?? 0) + page.bytes.length;
    tail = Buffer.from(page.bytes.subarray(-TAIL_BYTES));
    if (page.more) poke();
    options.onPage(page);
  };
  const maxBytes = options.maxPageBytes ?? DEFAULT_PAGE_BYTES;
  const poll = setInterval(poke, options.pollMs ?? DEFAULT_POLL_MS);
  poke();

  return {
    poke,
    get seq() {
      return seq;
    },
    close,
  };
}

function findNext(file: LogFile, seq: number): number | undefined {
  if (seq <= 0) return 0;
  return file.seqAt(findLine(file, seq)) === seq ? findLine(file, seq + 1) : undefined;
}

// Enough of a line's end to tell it from another that ends at the same place.
const TAIL_BYTES = 64;
const DEFAULT_POLL_MS = 1000;
