import type { Emitter } from 'highlight.js';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import cpp from 'highlight.js/lib/languages/cpp';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { cssGrammar as css } from './css-grammar.ts';
import { type EncodedTokens, TOKEN_KINDS, type TokenKind } from './highlighted-line.ts';
import type { CodeLanguage } from './languages.ts';

const GRAMMARS = { bash, cpp, css, diff, go, java, json, markdown, python, rust, sql, typescript, xml, yaml };

/** highlight.js's scopes (11, "CSS classes reference"), without what stands behind a dot. */
const KIND_OF_SCOPE: ReadonlyMap<string, TokenKind> = new Map(
  Object.entries({
    comment: 'comment quote doctag',
    keyword: 'keyword operator',
    string: 'string regexp char code link',
    number: 'number literal symbol bullet',
    function: 'title section',
    type: 'type built_in class',
    attribute: 'attr attribute property variable params template-variable',
    tag: 'tag name selector-tag selector-id selector-class selector-attr selector-pseudo',
    meta: 'meta',
    added: 'addition',
    removed: 'deletion',
    strong: 'strong',
    emphasis: 'emphasis',
  } satisfies Record<TokenKind, string>).flatMap(([kind, scopes]) =>
    scopes.split(' ').map((scope): [string, TokenKind] => [scope, TOKEN_KINDS.find((each) => each === kind) ?? 'meta']),
  ),
);

/** Nobody reads a minified line by its colours, and each token is an element of the page. */
const MAX_COLUMN = 2000;
const MAX_NUMBERS = 4 * 20_000;

/** Takes highlight.js's scopes as ranges: the page never gets HTML. */
class RangeEmitter implements Emitter {
  readonly numbers: number[] = [];
  readonly #open: (number | undefined)[] = [];
  #line = 0;
  #column = 0;

  startScope(scope: string): void {
    const kind = KIND_OF_SCOPE.get(scope.split('.', 1)[0] ?? '');
    const index = kind === undefined ? -1 : TOKEN_KINDS.indexOf(kind);
    this.#open.push(index < 0 ? this.#open.at(-1) : index);
  }

  endScope(): void {
    this.#open.pop();
  }

  /** Modes are opened by these names, keywords by the ones above (highlight.js 11.12). */
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  addText(text: string): void {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) {
        this.#line += 1;
        this.#column = 0;
      }
      const kind = this.#open.at(-1);
      const to = this.#column + part.length;
      if (kind !== undefined && part.trim() !== '') this.#add(this.#column, to, kind);
      this.#column = to;
    }
  }

  #add(from: number, to: number, kind: number): void {
    const { numbers } = this;
    if (from >= MAX_COLUMN || numbers.length >= MAX_NUMBERS) return;
    const isSame = numbers.at(-4) === this.#line && numbers.at(-2) === from && numbers.at(-1) === kind;
    if (isSame) numbers[numbers.length - 2] = to;
    else numbers.push(this.#line, from, to, kind);
  }

  /** The numbers of a language within another one, such as a script in HTML, at the place that was reached. */
  __addSublanguage(inner: Emitter): void {
    if (!(inner instanceof RangeEmitter)) return;
    const { numbers } = inner;
    for (let at = 0; at < numbers.length; at += 4) {
      const [line = 0, from = 0, to = 0, kind = 0] = numbers.slice(at, at + 4);
      const shift = line === 0 ? this.#column : 0;
      this.numbers.push(this.#line + line, from + shift, to + shift, kind);
    }
    this.#column = inner.#line === 0 ? this.#column + inner.#column : inner.#column;
    this.#line += inner.#line;
  }

  toHTML(): string {
    return '';
  }

  finalize(): void {}
}

/** Builds the tokenizer; the grammars are compiled when they are first used. */
export function createTokenizer(): (text: string, language: CodeLanguage) => EncodedTokens {
  const highlighter = hljs.newInstance();
  highlighter.configure({ __emitter: RangeEmitter });
  for (const [name, grammar] of Object.entries(GRAMMARS)) highlighter.registerLanguage(name, grammar);
  // The grammar of HTML asks for scripts by this name.
  highlighter.registerLanguage('javascript', typescript);
  return (text, language) => {
    const { _emitter } = highlighter.highlight(text, { language, ignoreIllegals: true });
    return new Uint32Array(_emitter instanceof RangeEmitter ? _emitter.numbers : []);
  };
}
