import type { Token } from 'marked';
import { lexBounded } from './bounded-lexer.ts';
import { extendTokens } from './extend-tokens.ts';

/** One top-level block of a message. The same object as long as nothing in it changed, so that it renders once. */
export interface MarkdownBlock {
  /** Stays with the block while it grows. */
  readonly key: number;
  readonly token: Token;
  /** More text may still belong to it. */
  readonly isOpen: boolean;
}

/** A text that was split into blocks up to some point; pass it on to continue from there. */
export interface MarkdownProgress {
  readonly text: string;
  readonly blocks: readonly MarkdownBlock[];
  /** Length of the text whose blocks no later text can change. */
  readonly settled: number;
  /** Length of the text that was lexed in place, with its blocks; what follows was only added to the last of them. */
  readonly lexed: number;
  readonly lexedBlocks: readonly MarkdownBlock[];
  /** Where the last of them begins. */
  readonly lastStart: number;
  /** Characters that were lexed so far, to see what a growing text costs. */
  readonly work: number;
  readonly isFinished: boolean;
}

const NOTHING: MarkdownProgress = {
  text: '',
  blocks: [],
  settled: 0,
  lexed: 0,
  lexedBlocks: [],
  lastStart: 0,
  work: 0,
  isFinished: false,
};

const BLANK_LINE_BEFORE = /\n[ \t]*\n[ \t]*$/;

/** Text that a list before it would take as its next item once a space follows. */
const MAYBE_BULLET = /^ {0,3}(?:\d{1,9}[.)]?|[-*+])[ \t]*$/;

/**
 * A list or a table settles only at its end. One that is longer than this is lexed anew when it has grown by this
 * share; what comes until then is added to it.
 */
const LONG_TAIL = 1000;
const GROWN_SHARE = 1 / 8;

/**
 * Splits a growing text into blocks and lexes only what may still change. `isFinished` settles all of it, and lexes
 * it once more where a link reference at the end may change what stands before it.
 */
export function splitMarkdown(raw: string, isFinished: boolean, before: MarkdownProgress = NOTHING): MarkdownProgress {
  const text = withPlainLineBreaks(raw, isFinished);
  if (text === before.text && isFinished === before.isFinished) return before;
  const isContinued = !before.isFinished && text.startsWith(before.text);
  if (isFinished) {
    const from = isContinued && !text.includes(']:') ? before.settled : 0;
    return lexFrom(before, { text, from, isFinished });
  }
  if (!isContinued) return lexFrom(NOTHING, { text, from: 0, isFinished });
  return extend(before, text) ?? lexTail(before, text);
}

function lexTail(before: MarkdownProgress, text: string): MarkdownProgress {
  const from = before.settled;
  const lineStart = text.lastIndexOf('\n') + 1;
  if (text.length - from > LONG_TAIL && lineStart > from + LONG_TAIL) {
    // The rest of a line says little about where it belongs.
    const upToLine = lexFrom(before, { text: text.slice(0, lineStart), from, isFinished: false });
    const whole = lineStart === text.length ? upToLine : extend(upToLine, text);
    if (whole !== undefined) return whole;
  }
  return lexFrom(before, { text, from, isFinished: false });
}

interface Lexing {
  readonly text: string;
  /** What stands before it is settled. */
  readonly from: number;
  readonly isFinished: boolean;
}

function lexFrom(before: MarkdownProgress, { text, from, isFinished }: Lexing): MarkdownProgress {
  const visible = visibleTokens(text, from);
  const firstOpen = isFinished ? visible.length : firstOpenIndex(text, visible);
  const settledBlocks = from === 0 ? [] : before.lexedBlocks.filter((block) => !block.isOpen);
  const added = visible.map(({ token }, index) => ({ token, isOpen: index >= firstOpen }));
  const blocks = appendBlocks(settledBlocks, added, before.blocks);
  return {
    text,
    blocks,
    settled: visible[firstOpen]?.start ?? from,
    lexed: text.length,
    lexedBlocks: blocks,
    lastStart: visible.at(-1)?.start ?? from,
    work: before.work + text.length - from,
    isFinished,
  };
}

/** Adds what came to the last block, without looking at that one again; undefined where that would not do. */
function extend(before: MarkdownProgress, text: string): MarkdownProgress | undefined {
  const { settled, lexed, lexedBlocks, lastStart } = before;
  const last = lexedBlocks.at(-1);
  if (last === undefined || !last.isOpen) return undefined;
  const rest = text.slice(lexed);
  const isShort = lexed - settled >= LONG_TAIL && rest.length <= (lexed - settled) * GROWN_SHARE;
  const extended = extendTokens({ token: last.token, source: text.slice(lastStart, lexed) }, rest, isShort);
  if (extended === undefined) return undefined;
  const added = extended.tokens.map((token) => ({ token, isOpen: true }));
  const blocks = appendBlocks(lexedBlocks.slice(0, -1), added, before.blocks);
  return { ...before, text, blocks, work: before.work + extended.work };
}

/** A block that says the same as the old one at its place is that object. */
function appendBlocks(
  first: readonly MarkdownBlock[],
  added: readonly Omit<MarkdownBlock, 'key'>[],
  old: readonly MarkdownBlock[],
): readonly MarkdownBlock[] {
  const appended = added.map(({ token, isOpen }, index) => {
    const key = first.length + index;
    const same = old[key];
    const isSame = same !== undefined && same.isOpen === isOpen && isSameToken(same.token, token);
    return isSame ? same : { key, token, isOpen };
  });
  return [...first, ...appended];
}

interface PlacedToken {
  readonly token: Token;
  readonly start: number;
}

function visibleTokens(text: string, from: number): PlacedToken[] {
  const placed: PlacedToken[] = [];
  let start = from;
  for (const token of lexBounded(text.slice(from))) {
    if (token.type !== 'space' && token.type !== 'def') placed.push({ token, start });
    start += token.raw.length;
  }
  return placed;
}

/**
 * Index of the first block that later text may still change. A block that follows without a blank line may yet turn
 * out to belong to the one before (a table whose second line goes on), and so may what could be a list's next item.
 */
function firstOpenIndex(text: string, visible: readonly PlacedToken[]): number {
  let index = Math.max(visible.length - 1, 0);
  while (index > 0) {
    const { token, start } = visible[index] ?? { token: undefined, start: 0 };
    const isMaybeItem = visible[index - 1]?.token.type === 'list' && MAYBE_BULLET.test(token?.raw ?? '');
    if (BLANK_LINE_BEFORE.test(text.slice(Math.max(0, start - 200), start)) && !isMaybeItem) return index;
    index -= 1;
  }
  return 0;
}

/** The same source and, for what link references change, the same meaning. */
function isSameToken(old: Token, token: Token): boolean {
  if (old.raw !== token.raw || old.type !== token.type) return false;
  return token.type === 'code' || !token.raw.includes(']') || JSON.stringify(old) === JSON.stringify(token);
}

/** marked turns CRLF into LF before it counts; a CR at the end of a growing text may be half of one. */
function withPlainLineBreaks(raw: string, isFinished: boolean): string {
  if (!raw.includes('\r')) return raw;
  const whole = !isFinished && raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  return whole.replace(/\r\n|\r/g, '\n');
}
