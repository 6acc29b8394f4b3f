import { describe, expect, it } from 'vitest';
import { type Body, complete, fold, id, origin, run, says, text } from '../testing/log-events.ts';

describe('what waits in a conversation', () => {
  it('[QUE1] [QUE2] the queue is edited, moved, held and resumed as the log says, and each change counts', () => {
    const queued = (n: number): Body => ({
      kind: 'prompt_queued',
      commandId: id(n),
      promptId: id(n),
      origin,
      content: [text(`later ${n}`)],
    });
    const waiting = [...run(1), queued(2), queued(3), queued(4)];
    const edit = { kind: 'prompt_changed', commandId: id(20), promptId: id(2), by: origin, content: [text('else')] };
    const move = { kind: 'prompt_changed', commandId: id(21), promptId: id(4), by: origin, before: id(2) };
    const remove = { kind: 'prompt_removed', commandId: id(22), promptId: id(3), by: origin };
    const hold = { kind: 'queue_held', reason: 'stopped', by: { type: 'system', reason: 'error' } };
    const changed = fold(...waiting, edit, move, remove, hold);
    expect(changed.queue).toMatchObject([{ promptId: id(4) }, { promptId: id(2), content: [text('else')] }]);
    expect(changed).toMatchObject({ queueVersion: 7, queueHold: { reason: 'stopped' } });
    expect(changed.items).toHaveLength(1);
    const resumed = fold(...waiting, edit, move, remove, hold, { kind: 'queue_resumed', by: origin });
    expect(resumed).toMatchObject({ queueVersion: 8, queueHold: undefined });
  });

  it('[ELI1] a question waits until the first answer, and says whose it was', () => {
    const asked: Body = {
      kind: 'elicitation_request',
      requestId: id(60),
      runId: id(101),
      message: 'Which?',
      requestedSchema: { type: 'object' },
    };
    const pending = fold(...run(1), asked);
    expect(pending.pendingElicitations).toMatchObject([{ requestId: id(60), message: 'Which?' }]);
    expect(pending.items[1]).toMatchObject({ type: 'elicitation', runId: id(101), resolution: undefined });
    const resolved = { kind: 'elicitation_resolved', requestId: id(60), by: { type: 'person', device: 'phone' } };
    const answered = fold(...run(1), asked, { ...resolved, action: 'accept', content: { colour: 'red' } });
    expect(answered.pendingElicitations).toEqual([]);
    expect(answered.items[1]).toMatchObject({
      resolution: { by: { device: 'phone' }, action: 'accept', content: { colour: 'red' } },
    });
  });

  it('[LIM1] the limit of the last run stays until a run goes on; an agent that tries again is shown as doing so', () => {
    const retrying = { kind: 'retrying', runId: id(101), message: 'overloaded' };
    expect(fold(...run(1), retrying).retrying).toEqual({ message: 'overloaded', at: '2026-01-08T13:11:02.000Z' });
    expect(fold(...run(1), retrying, says('hi')).retrying).toBeUndefined();
    const limit = { kind: 'limit_reached', runId: id(101), message: 'used up', resetsAt: '2026-01-08T15:00:00.000Z' };
    const limited = fold(...run(1), retrying, limit, { ...complete(1), success: false, stopReason: 'limit' });
    expect(limited).toMatchObject({ retrying: undefined, limit: { promptId: id(1), resetsAt: limit.resetsAt } });
  });
});
