import type { SessionEvent } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { findOpenAsk } from './find-open-ask.ts';

const log = (...bodies: { kind: string; [field: string]: unknown }[]): SessionEvent[] =>
  bodies.map((body, index) => ({ seq: index + 1, sessionId: 's', at: '', ...body }));
const asks = (requestId: string, toolCall: object) => ({ kind: 'permission_request', requestId, toolCall });

describe('what an agent waits for', () => {
  it('is the command itself, with what hides in it shown', () => {
    const events = log(asks('a', { title: 'Run', rawInput: { command: 'rm -rf \u202Ebuild' } }));
    expect(findOpenAsk(events)).toEqual({
      kind: 'permission',
      text: 'rm -rf [U+202E]build',
      isCode: true,
      more: 0,
    });
  });

  it('is the title where there is no command, or the question', () => {
    expect(findOpenAsk(log(asks('a', { title: 'Edit app.ts' })))?.text).toBe('Edit app.ts');
    const question = { kind: 'elicitation_request', requestId: 'q', message: 'Which colour?' };
    expect(findOpenAsk(log(question))).toMatchObject({ kind: 'question', text: 'Which colour?' });
  });

  it('is the oldest that is open, with those behind it counted', () => {
    const events = log(asks('a', { title: 'one' }), asks('b', { title: 'two' }), asks('c', { title: 'three' }), {
      kind: 'permission_resolved',
      requestId: 'a',
    });
    expect(findOpenAsk(events)).toMatchObject({ text: 'two', more: 1 });
  });

  it('is nothing once all are answered or the run has ended', () => {
    expect(findOpenAsk(log(asks('a', {}), { kind: 'permission_resolved', requestId: 'a' }))).toBeUndefined();
    expect(findOpenAsk(log(asks('a', {}), { kind: 'complete' }))).toBeUndefined();
  });
});
