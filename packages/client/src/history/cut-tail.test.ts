import { mergeEvents, type SessionEvent, toSessionSnapshot, createSessionState, foldSession } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { type Body, complete, log, run, says } from '../testing/log-events.ts';
import { HeldHistory } from './held-history.ts';

const AMPLE = 1_000_000;
const tool = (toolCallId: string): Body => ({
  kind: 'tool_call',
  toolCallId,
  title: toolCallId,
  status: 'in_progress',
});
const done = (toolCallId: string): Body => ({ kind: 'tool_call_update', toolCallId, status: 'completed' });

/** Opened when the log was empty, and followed to its end. */
function followed(events: readonly SessionEvent[]): HeldHistory {
  const held = new HeldHistory({
    epoch: 'e1',
    lastSeq: 0,
    firstSeq: 0,
    more: false,
    state: toSessionSnapshot(createSessionState()),
    earlierTools: [],
    context: [],
    events: [],
  });
  held.append(events);
  return held;
}

describe('a copy of what is held', () => {
  it('[HIST1] says what was followed, up to the last event, and that the run is open', () => {
    const events = log(...run(1), says('one '), says('two'));
    const tail = followed(events).tail(AMPLE);
    expect(tail).toMatchObject({ epoch: 'e1', lastSeq: 4, firstSeq: 1, more: false });
    expect(tail.events).toEqual(mergeEvents(events));
    expect(new HeldHistory(tail).conversation.run?.runId).toBe(foldSession(events).run?.runId);
    expect(new HeldHistory(tail).conversation.items).toEqual(followed(events).conversation.items);
  });

  it('[HIST2] is the end alone where all of it would be too long, and of one event at least', () => {
    const events = log(...run(1), says('a'.repeat(900)), complete(1), ...run(2), says('b'.repeat(900)));
    const tail = followed(events).tail(1650);
    expect(tail).toMatchObject({ lastSeq: 7, firstSeq: 5, more: true });
    expect(followed(events).tail(10).events).toHaveLength(1);
  });

  it('[HIST4] keeps what the agent said last of how it is, as far as it lies below the cut', () => {
    const events = log(
      { kind: 'available_commands_update', availableCommands: [{ name: 'old' }] },
      { kind: 'available_commands_update', availableCommands: [{ name: 'new' }] },
      ...run(1),
      says('x'.repeat(2000)),
    );
    const tail = followed(events).tail(100);
    expect(tail.context.map(({ seq }) => seq)).toEqual([2]);
    expect(new HeldHistory(tail).conversation.commands).toEqual([{ name: 'new' }]);
    const again = new HeldHistory(tail);
    expect(again.tail(AMPLE).context).toEqual(tail.context);
  });

  it('[HIST5] names the calls that began below the cut, so that what follows shows nothing of them', () => {
    const events = log(...run(1), tool('t1'), says('x'.repeat(2000)), done('t1'), tool('t2'));
    const tail = followed(events).tail(600);
    expect(tail.firstSeq).toBe(5);
    expect(tail.earlierTools).toEqual([{ toolCallId: 't1', seq: 3, isOfRun: true }]);
    expect(new HeldHistory(tail).conversation.items.map(({ key }) => key)).toEqual([6]);
  });
});
