import { decodeTokens, type EncodedTokens, type HighlightedLine } from './highlighted-line.ts';
import type { CodeLanguage } from './languages.ts';

/** A longer text is highlighted up to here. */
const MAX_CHARACTERS = 100_000;
/** Then a text counts as one that the grammar cannot cope with. */
const TIMEOUT_MS = 4000;
/** After so many dead workers in a row everything stays plain. */
const MAX_DEATHS = 3;
const MAX_WAITING = 1000;
const MAX_KNOWN_CHARACTERS = 600_000;

/** What the worker is asked; it answers with the tokens, or with nothing where it failed. */
export interface HighlightRequest {
  readonly text: string;
  readonly language: CodeLanguage;
}
export type HighlightAnswer = EncodedTokens | undefined;

/** Somebody who highlights elsewhere, one request at a time. Its listeners go with it. */
export interface HighlightWorker {
  ask(request: HighlightRequest): void;
  onAnswer(listener: (answer: HighlightAnswer) => void): void;
  onDeath(listener: () => void): void;
  close(): void;
}

export interface Highlighter {
  /** What was found for a text before, without waiting. */
  known(request: HighlightRequest): readonly HighlightedLine[] | undefined;
  /** Calls back once, with nothing where the text has to stay plain; the answer cancels it. */
  ask(request: HighlightRequest, onAnswer: (lines: readonly HighlightedLine[] | undefined) => void): () => void;
  close(): void;
}

interface Waiting {
  readonly request: HighlightRequest;
  readonly onAnswer: (lines: readonly HighlightedLine[] | undefined) => void;
}

/** Highlights in a worker that starts with the first text, one text after the other. */
export function createHighlighter({ startWorker }: { startWorker: () => HighlightWorker }): Highlighter {
  const known = new Map<string, readonly HighlightedLine[]>();
  let knownCharacters = 0;
  let waiting: Waiting[] = [];
  let current: Waiting | undefined;
  let worker: HighlightWorker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let deaths = 0;

  const next = (): void => {
    while (current === undefined) {
      const first = waiting.shift();
      if (first === undefined) return;
      const ready = known.get(keyOf(first.request));
      if (ready !== undefined) first.onAnswer(ready);
      else if (deaths >= MAX_DEATHS) first.onAnswer(undefined);
      else send(first);
    }
  };
  const send = (first: Waiting): void => {
    current = first;
    timer = setTimeout(die, TIMEOUT_MS);
    try {
      worker ??= listenTo(startWorker());
      worker.ask({ ...first.request, text: partOf(first.request.text) });
    } catch {
      // A browser without module workers: the text is readable as it is.
      die();
    }
  };
  const listenTo = (started: HighlightWorker): HighlightWorker => {
    // One that was closed may still have an answer on its way.
    const isCurrent = (): boolean => worker === started;
    started.onAnswer((tokens) => {
      if (!isCurrent()) return;
      deaths = 0;
      answer(tokens);
    });
    started.onDeath(() => (isCurrent() ? die() : undefined));
    return started;
  };
  const die = (): void => {
    worker?.close();
    worker = undefined;
    deaths += 1;
    answer(undefined);
  };
  const answer = (tokens: HighlightAnswer): void => {
    clearTimeout(timer);
    const answered = current;
    current = undefined;
    if (answered !== undefined) {
      const lines = tokens === undefined ? undefined : decodeTokens(tokens, countLines(answered.request.text));
      if (lines !== undefined) remember(answered.request, lines);
      answered.onAnswer(lines);
    }
    next();
  };
  const remember = (request: HighlightRequest, lines: readonly HighlightedLine[]): void => {
    known.set(keyOf(request), lines);
    knownCharacters += request.text.length;
    for (const key of known.keys()) {
      if (knownCharacters <= MAX_KNOWN_CHARACTERS || known.size === 1) break;
      known.delete(key);
      knownCharacters -= key.length - key.indexOf('\n') - 1;
    }
  };

  return {
    known: (request) => known.get(keyOf(request)),
    ask(request, onAnswer) {
      let isCancelled = false;
      const entry: Waiting = { request, onAnswer: (lines) => (isCancelled ? undefined : onAnswer(lines)) };
      // What scrolled past long ago is let go of first.
      if (waiting.length >= MAX_WAITING) waiting.shift()?.onAnswer(undefined);
      waiting.push(entry);
      next();
      return () => {
        isCancelled = true;
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    close() {
      clearTimeout(timer);
      waiting = [];
      current = undefined;
      worker?.close();
      worker = undefined;
    },
  };
}

function keyOf({ text, language }: HighlightRequest): string {
  return `${language}\n${text}`;
}

function partOf(text: string): string {
  return text.length <= MAX_CHARACTERS ? text : text.slice(0, text.lastIndexOf('\n', MAX_CHARACTERS) + 1);
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
