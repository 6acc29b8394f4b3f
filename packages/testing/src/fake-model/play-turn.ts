import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerWriter } from './dialects/dialect.ts';
import { resolveTool } from './logical-tools.ts';
import type { ModelRequest } from './model-request.ts';
import { monotonicUs, toStamp } from './monotonic-clock.ts';
import type { Step, Turn } from './scenario.ts';

/** How a turn ended: what is left to do with the connection. */
export type Ending = 'done' | 'hanging' | 'dropped' | 'failed';

export type Stage = {
  request: ModelRequest;
  writer: AnswerWriter;
  /** Resolves when the test opens the gate. */
  untilOpen(gate: string): Promise<void>;
  /** Aborted when the agent went away. */
  signal: AbortSignal;
};

/** Plays a turn's steps one after the other; rejects with an AbortError when the agent goes away. */
export async function playTurn(turn: Turn, stage: Stage): Promise<Ending> {
  for (const step of turn) {
    stage.signal.throwIfAborted();
    if (step.do === 'hang') return 'hanging';
    if (step.do === 'drop') return 'dropped';
    if (step.do === 'fail') {
      stage.writer.fail(step.failure);
      return 'failed';
    }
    await playStep(step, stage);
  }
  stage.writer.end();
  return 'done';
}

async function playStep(step: Exclude<Step, { do: 'hang' | 'drop' | 'fail' }>, stage: Stage): Promise<void> {
  const { writer, signal } = stage;
  switch (step.do) {
    case 'text':
      return writer.text(step.text);
    case 'think':
      return step.parts.forEach((part) => writer.think(part));
    case 'tool':
      return writer.tool(resolveTool(stage.request, step.tool, step.args));
    case 'sleep':
      return delay(step.ms, undefined, { signal });
    case 'wait':
      return stage.untilOpen(step.gate);
    case 'words': {
      const word = (at: number): string => `w${at}${step.isStamped ? toStamp(monotonicUs()) : ''} `;
      return atRate(step, signal, (at) => writer.text(word(at)));
    }
    case 'type': {
      const pieces = piecesOf(step.text, step.charsEach);
      return atRate({ count: pieces.length, everyMs: step.everyMs }, signal, (at) => writer.text(pieces[at] ?? ''));
    }
  }
}

/** By code points: half of a surrogate pair is no text. */
function piecesOf(text: string, charsEach: number): string[] {
  const chars = Array.from(text);
  return Array.from({ length: Math.ceil(chars.length / charsEach) }, (_, at) =>
    chars.slice(at * charsEach, (at + 1) * charsEach).join(''),
  );
}

/** As often as asked, without drift: a late delta does not delay the next. */
async function atRate(
  { count, everyMs }: { count: number; everyMs: number },
  signal: AbortSignal,
  send: (at: number) => void,
): Promise<void> {
  const start = performance.now();
  for (let at = 0; at < count; at++) {
    send(at);
    const waitMs = everyMs > 0 ? Math.max(0, start + (at + 1) * everyMs - performance.now()) : 0;
    // Without a pause now and then, nobody would notice that the agent went away.
    if (everyMs > 0 || at % 50 === 49) await delay(waitMs, undefined, { signal });
  }
}
