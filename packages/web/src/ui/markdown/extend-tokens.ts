import type { Token, Tokens } from 'marked';
import { lexBounded } from './bounded-lexer.ts';

export interface ExtendedTokens {
  /** The block with what was added, and what follows it. */
  readonly tokens: readonly Token[];
  /** Characters that were lexed for it. */
  readonly work: number;
}

/**
 * A block, its text (`source`) and what comes after it, without lexing the block again. Code is exact: nothing in it means anything until
 * its closing fence. With `isShort`, a text that may only be shown for a moment, words, items and rows are joined to
 * their paragraph, list or table, and anything else stands behind the block on its own.
 */
export function extendTokens(
  { token: block, source }: { token: Token; source: string },
  rest: string,
  isShort: boolean,
): ExtendedTokens | undefined {
  if (block.type === 'code') return extendCode(block, source, rest);
  if (!isShort) return undefined;
  if (isTable(block)) return extendTable(block, rest);
  const tokens = shown(lexBounded(rest));
  const [first, ...others] = tokens;
  if (first !== undefined && isParagraph(block) && isParagraph(first)) {
    const gap = whiteSpaceBetween(source, rest);
    if (!BLANK_LINE.test(gap)) return { tokens: [joined(block, first, gap), ...others], work: rest.length };
  }
  const isSameList = first !== undefined && isList(block) && isList(first) && block.ordered === first.ordered;
  if (!isSameList) return { tokens: [block, ...tokens], work: rest.length };
  const items = [...block.items, ...first.items];
  return { tokens: [{ ...block, raw: block.raw + rest, items }, ...others], work: rest.length };
}

/** A fence at the line's begin, and its line. */
const OPEN_FENCE = /^(?:(`{3})`*|(~{3})~*)[^\n]*\n/;

function extendCode(block: Token, source: string, rest: string): ExtendedTokens | undefined {
  const whole = source + rest;
  const [head, backticks, tildes] = OPEN_FENCE.exec(source) ?? [];
  const mark = backticks ?? tildes;
  if (head === undefined || mark === undefined || whole.includes(mark, head.length)) return undefined;
  const code = whole.slice(head.length);
  // marked (18) keeps one line break at the end or none, depending on how many there are.
  if (!/\S/.test(code) || code.endsWith('\n\n')) return undefined;
  return { tokens: [{ ...block, raw: whole, text: code.replace(/\n$/, '') }], work: 0 };
}

function extendTable(block: Tokens.Table, rest: string): ExtendedTokens {
  const head = block.raw.split('\n', 2).join('\n');
  const [first, ...others] = shown(lexBounded(`${head}\n${rest}`));
  const work = head.length + rest.length;
  if (first === undefined || !isTable(first)) return { tokens: [block, ...shown(lexBounded(rest))], work };
  const rows = [...block.rows, ...first.rows];
  return { tokens: [{ ...block, raw: block.raw + rest, rows }, ...others], work };
}

const BLANK_LINE = /\n[ \t]*\n/;

function whiteSpaceBetween(source: string, rest: string): string {
  // Its length is bounded since a search for the end of white space goes back to each of its beginnings.
  const [before = ''] = /\s*$/.exec(source.slice(-200)) ?? [];
  const [after = ''] = /^\s*/.exec(rest) ?? [];
  return before + after;
}

function joined(block: Tokens.Paragraph, more: Tokens.Paragraph, gap: string): Tokens.Paragraph {
  const lineBreak = gap.includes('\n') ? [{ type: 'text', raw: '\n', text: '\n' }] : [];
  return { ...block, raw: block.raw + gap + more.raw, tokens: [...block.tokens, ...lineBreak, ...more.tokens] };
}

function shown(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((token) => token.type !== 'space' && token.type !== 'def');
}

function isParagraph(token: Token): token is Tokens.Paragraph {
  return token.type === 'paragraph' && 'tokens' in token;
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list' && 'items' in token;
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table' && 'rows' in token;
}
