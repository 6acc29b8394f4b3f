import { Lexer, type Token } from 'marked';

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
  readonly isFinished: boolean;
}

const NOTHING: MarkdownProgress = { text: '', blocks: [], settled: 0, isFinished: false };

const BLANK_LINE_BEFORE = /\n[ \t]*\n[ \t]*$/;

/** Text that a list before it would take as its next item once a space follows. */
const MAYBE_BULLET = /^ {0,3}(?:\d{1,9}[.)]?|[-*+])[ \t]*$/;

/**
 * Splits a growing text into blocks and lexes only what may still change. `isFinished` lexes all of it once more,
 * because a link reference at the end changes what stands before it.
 */
export function splitMarkdown(raw: string, isFinished: boolean, before: MarkdownProgress = NOTHING): MarkdownProgress {
  const text = withPlainLineBreaks(raw, isFinished);
  if (text === before.text && isFinished === before.isFinished) return before;
  if (isFinished) return lexFrom(before, { text, from: 0, isFinished });
  if (before.isFinished || !text.startsWith(before.text)) return lexFrom(NOTHING, { text, from: 0, isFinished });
  return lexFrom(before, { text, from: before.settled, isFinished });
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
  const blocks = from === 0 ? [] : before.blocks.filter((block) => !block.isOpen);
  for (const [index, { token }] of visible.entries()) {
    const isOpen = index >= firstOpen;
    const key = blocks.length;
    const old = before.blocks[key];
    const isSame = old !== undefined && old.isOpen === isOpen && isSameToken(old.token, token);
    blocks.push(isSame ? old : { key, token, isOpen });
  }
  return { text, blocks, settled: visible[firstOpen]?.start ?? from, isFinished };
}

interface PlacedToken {
  readonly token: Token;
  readonly start: number;
}

function visibleTokens(text: string, from: number): PlacedToken[] {
  const placed: PlacedToken[] = [];
  let start = from;
  for (const token of lex(text.slice(from))) {
    if (token.type !== 'space' && token.type !== 'def') placed.push({ token, start });
    start += token.raw.length;
  }
  return placed;
}

/** A block that nests deeper is shown as it was written: lexer and page walk it on the stack. */
const MAX_DEPTH = 64;

function lex(text: string): Token[] {
  let tokens: Token[];
  try {
    tokens = new Lexer().lex(text);
  } catch (error) {
    // marked (18) has no limit of its own: thousands of ">" or "-" in one line use up the stack.
    if (error instanceof RangeError) return [asWritten(text)];
    throw error;
  }
  return tokens.map((token) => (isDeeper(token, MAX_DEPTH) ? asWritten(token.raw) : token));
}

function asWritten(raw: string): Token {
  return { type: 'plain', raw };
}

function isDeeper(token: Token, levels: number): boolean {
  const parts: readonly Token[] = ('items' in token ? token.items : 'tokens' in token ? token.tokens : undefined) ?? [];
  return levels === 0 || parts.some((part) => isDeeper(part, levels - 1));
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
