import fs from 'node:fs';
import { NEWLINE } from './event-line.ts';
import { parseObject } from './event-scan.ts';
import { errnoOf } from './storage-error.ts';

export interface InboxLines {
  /** In the order of the file; each is a JSON object and not validated further. */
  commands: object[];
  /** Where to read on, in bytes. */
  nextOffset: number;
  /** The beginnings of lines that hold no JSON object. */
  bad: string[];
}

/**
 * The commands from `fromOffset` to the last whole line. An offset at which no line begins reads from the start, since
 * a command that is read twice is recognised by its id and one that is skipped is lost. A missing file reads as empty.
 */
export function readInbox(path: string, fromOffset: number): InboxLines {
  let fd: number;
  try {
    fd = fs.openSync(path, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { commands: [], nextOffset: 0, bad: [] };
    throw error;
  }
  try {
    return readLines(fd, fromOffset);
  } finally {
    fs.closeSync(fd);
  }
}

/** The same for an open file. */
export function readLines(fd: number, fromOffset: number): InboxLines {
  const found: InboxLines = { commands: [], nextOffset: isLineStart(fd, fromOffset) ? fromOffset : 0, bad: [] };
  const bytes = readToEnd(fd, found.nextOffset);
  for (let start = 0; ;) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end === -1) return found;
    const line = bytes.subarray(start, end);
    const command = parseObject(line);
    if (command === undefined) found.bad.push(line.toString('utf8', 0, MAX_BAD_BYTES));
    else found.commands.push(command);
    start = end + 1;
    found.nextOffset += line.length + 1;
  }
}

function isLineStart(fd: number, offset: number): boolean {
  if (offset <= 0) return offset === 0;
  const before = Buffer.alloc(1);
  return fs.readSync(fd, before, 0, 1, offset - 1) === 1 && before[0] === NEWLINE;
}

function readToEnd(fd: number, offset: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, fs.fstatSync(fd).size - offset));
  let filled = 0;
  while (filled < bytes.length) {
    const read = fs.readSync(fd, bytes, filled, bytes.length - filled, offset + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

// Enough to recognise a line in a report without copying a whole prompt there.
const MAX_BAD_BYTES = 200;
