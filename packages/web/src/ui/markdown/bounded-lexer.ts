import { getDefaults, Lexer, type Token, Tokenizer, type Tokens, type TokensList } from 'marked';
import { inlineSlices } from './inline-slices.ts';

/** A block that nests deeper is shown as it was written: lexer and page walk it on the stack. */
const MAX_DEPTH = 32;
/** Quotes and lists in each other are lexed again for the lines that go on without a marker (marked 18). */
const MAX_PASSES = 16;
const MIN_WORK = 16_000;
/** A line costs as much as so many characters: a list asks of each of its lines whether it goes on (marked 18). */
const LINE_COST = 8;
/** In a quote, all that follows is split into lines and joined again for each list that goes on without a marker. */
const REST_SHARE = 1 / 4;
/** A heading that is underlined may have this many characters. */
const MAX_HEADING = 300;
const MAX_COLUMNS = 200;
/** Each row gets as many cells as the first one, so that a few bytes could ask for millions. */
const MAX_CELLS = 20_000;

/** A text as top-level tokens, at a cost that grows with its length only; a part that would cost more is `plain`. */
export function lexBounded(text: string): readonly Token[] {
  const whole = lexWhole(text);
  if (whole !== undefined) return whole;
  const parts = text.split(/(?<=\n[ \t]*\n)/);
  return parts.flatMap((part) => (parts.length === 1 ? undefined : lexWhole(part)) ?? [asWritten(part)]);
}

/** Undefined where it costs too much. */
function lexWhole(text: string): readonly Token[] | undefined {
  try {
    const tokens = new BoundedLexer(MIN_WORK + MAX_PASSES * text.length).lex(text);
    return tokens.map((token) => (isDeeper(token, MAX_DEPTH) ? asWritten(token.raw) : token));
  } catch (error) {
    if (error instanceof TooCostly) return undefined;
    throw error;
  }
}

function asWritten(raw: string): Token {
  return { type: 'plain', raw };
}

class TooCostly extends Error {}

class BoundedLexer extends Lexer {
  #workLeft: number;
  #depth = 0;

  constructor(work: number) {
    super({ ...getDefaults(), tokenizer: new BoundedTokenizer() });
    this.#workLeft = work;
  }

  /** Counts characters that are looked at for blocks. */
  charge(characters: number): void {
    this.#workLeft -= characters;
    if (this.#workLeft < 0) throw new TooCostly();
  }

  override blockTokens(text: string, tokens?: Token[], isParagraphClipped?: boolean): Token[];
  override blockTokens(text: string, tokens?: TokensList, isParagraphClipped?: boolean): TokensList;
  override blockTokens(text: string, tokens: Token[] = [], isParagraphClipped?: boolean): Token[] {
    // Before the lists and quotes in it, each of which may go on with all that follows, are looked into.
    this.charge(text.length + LINE_COST * linesOf(text));
    if (this.#depth > MAX_DEPTH) {
      tokens.push(asWritten(text));
      return tokens;
    }
    this.#depth += 1;
    super.blockTokens(text, tokens, isParagraphClipped);
    this.#depth -= 1;
    return tokens;
  }

  override inlineTokens(text: string, tokens: Token[] = []): Token[] {
    for (const slice of inlineSlices(text)) super.inlineTokens(slice, tokens);
    return tokens;
  }
}

function linesOf(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

class BoundedTokenizer extends Tokenizer {
  #quotes = 0;

  override blockquote(text: string): Tokens.Blockquote | undefined {
    this.#quotes += 1;
    const quote = super.blockquote(text);
    this.#quotes -= 1;
    return quote;
  }

  override list(text: string): Tokens.List | undefined {
    if (this.#quotes > 0 && this.rules.block.list.test(text)) this.#charge(REST_SHARE * text.length);
    const list = super.list(text);
    this.#charge(2 * (list?.raw.length ?? 0));
    return list;
  }

  #charge(characters: number): void {
    if (this.lexer instanceof BoundedLexer) this.lexer.charge(characters);
  }

  /** In a list each line asks for it, and it looks at all lines that follow for one of "=" or "-". */
  override lheading(text: string): Tokens.Heading | undefined {
    const end = text.length <= MAX_HEADING ? -1 : text.indexOf('\n', MAX_HEADING);
    return super.lheading(end < 0 ? text : text.slice(0, end + 1));
  }

  override table(text: string): Tokens.Table | undefined {
    const [, header = '', , body = ''] = this.rules.block.table.exec(text) ?? [];
    const columns = header.split('|').length;
    const rows = body.split('\n').length;
    return columns > MAX_COLUMNS || columns * rows > MAX_CELLS ? undefined : super.table(text);
  }
}

function isDeeper(token: Token, levels: number): boolean {
  if (levels < 0) return true;
  const parts: readonly Token[] = ('items' in token ? token.items : 'tokens' in token ? token.tokens : undefined) ?? [];
  return parts.some((part) => isDeeper(part, token.type === 'list' ? levels : levels - 1));
}
