import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHighlighter, type HighlightAnswer, type HighlightRequest, type HighlightWorker } from './highlighter.ts';

class TestWorker implements HighlightWorker {
  readonly asked: HighlightRequest[] = [];
  isClosed = false;
  #listener: (answer: HighlightAnswer) => void = () => undefined;
  /** Ends it as an error of its own would. */
  die: () => void = () => undefined;

  ask(request: HighlightRequest): void {
    this.asked.push(request);
  }

  onAnswer(listener: (answer: HighlightAnswer) => void): void {
    this.#listener = listener;
  }

  onDeath(listener: () => void): void {
    this.die = listener;
  }

  close(): void {
    this.isClosed = true;
  }

  /** One keyword of three letters at the begin. */
  answer(): void {
    this.#listener(new Uint32Array([0, 0, 3, 1]));
  }
}

describe('the highlighter', () => {
  let workers: TestWorker[];
  const start = () =>
    createHighlighter({
      startWorker: () => {
        const worker = new TestWorker();
        workers.push(worker);
        return worker;
      },
    });
  const ask = (text: string): HighlightRequest => ({ text, language: 'typescript' });

  beforeEach(() => {
    workers = [];
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it('starts its worker with the first text and asks for one after the other', () => {
    const highlighter = start();
    expect(workers).toHaveLength(0);
    const answers: unknown[] = [];
    highlighter.ask(ask('let a'), (lines) => answers.push(lines));
    highlighter.ask(ask('let b\n'), (lines) => answers.push(lines));
    expect(workers[0]?.asked.map(({ text }) => text)).toEqual(['let a']);
    workers[0]?.answer();
    expect(workers[0]?.asked.map(({ text }) => text)).toEqual(['let a', 'let b\n']);
    workers[0]?.answer();
    const keyword = { from: 0, to: 3, kind: 'keyword' };
    expect(answers).toEqual([[[keyword]], [[keyword], []]]);
    expect(workers).toHaveLength(1);
  });

  it('knows what it has found, and does not ask for it again', () => {
    const highlighter = start();
    highlighter.ask(ask('let a'), () => undefined);
    workers[0]?.answer();
    expect(highlighter.known(ask('let a'))).toHaveLength(1);
    const again = vi.fn();
    highlighter.ask(ask('let a'), again);
    expect(again).toHaveBeenCalledOnce();
    expect(workers[0]?.asked).toHaveLength(1);
  });

  it('forgets old texts rather than growing for ever', () => {
    const highlighter = start();
    for (let at = 0; at < 100; at++) {
      highlighter.ask(ask(`${at}`.padEnd(50_000)), () => undefined);
      workers[0]?.answer();
    }
    expect(highlighter.known(ask('0'.padEnd(50_000)))).toBeUndefined();
    expect(highlighter.known(ask('99'.padEnd(50_000)))).toBeDefined();
  });

  it('does not ask for what nobody wants any more', () => {
    const highlighter = start();
    highlighter.ask(ask('let a'), () => undefined);
    const cancelled = vi.fn();
    highlighter.ask(ask('let b'), cancelled)();
    workers[0]?.answer();
    expect(workers[0]?.asked).toHaveLength(1);
    expect(cancelled).not.toHaveBeenCalled();
  });

  it('leaves a text plain that the grammar does not get through, and goes on with a new worker', () => {
    const highlighter = start();
    const stuck = vi.fn();
    const after = vi.fn();
    highlighter.ask(ask('stuck'), stuck);
    highlighter.ask(ask('let a'), after);
    vi.advanceTimersByTime(5000);
    expect(stuck).toHaveBeenCalledWith(undefined);
    expect(workers[0]?.isClosed).toBe(true);
    workers[1]?.answer();
    expect(after).toHaveBeenCalledWith([[{ from: 0, to: 3, kind: 'keyword' }]]);
  });

  it('leaves everything plain where workers always die', () => {
    const highlighter = start();
    const answers: unknown[] = [];
    for (let at = 0; at < 10; at++) {
      highlighter.ask(ask(`let ${at}`), (lines) => answers.push(lines));
      workers.at(-1)?.die();
    }
    expect(answers).toEqual(Array.from({ length: 10 }, () => undefined));
    expect(workers).toHaveLength(3);
  });

  it('sends only the first part of a huge text', () => {
    const highlighter = start();
    highlighter.ask(ask('let a;\n'.repeat(100_000)), () => undefined);
    expect(workers[0]?.asked[0]?.text.length).toBeLessThanOrEqual(100_001);
    expect(workers[0]?.asked[0]?.text.endsWith('\n')).toBe(true);
  });
});
