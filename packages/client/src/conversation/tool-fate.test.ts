import { describe, expect, it } from 'vitest';
import { type Body, fold, id, origin, run } from '../testing/log-events.ts';

const call: Body = { kind: 'tool_call', toolCallId: 't', title: 'rm -r build', status: 'pending' };
const update = (status: string, fields: object = {}): Body => ({
  kind: 'tool_call_update',
  toolCallId: 't',
  status,
  ...fields,
});
const asked: Body = {
  kind: 'permission_request',
  requestId: id(50),
  runId: id(101),
  toolCall: { toolCallId: 't' },
  options: [
    { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
    { optionId: 'no', name: 'No', kind: 'reject_once' },
  ],
};
const answered = (optionId?: string, optionKind?: string): Body => ({
  kind: 'permission_resolved',
  requestId: id(50),
  by: optionId === undefined ? { type: 'system', reason: 'stopped' } : origin,
  optionId,
  optionKind,
});
const stopping: Body = { kind: 'status', state: 'stopping', runId: id(101), by: origin };
const toolOf = (...events: Body[]) => fold(...run(1), ...events).items.find(({ type }) => type === 'tool');

describe('what becomes of a tool call', () => {
  it('says since when it waits for permission, and when it got or was refused it', () => {
    expect(toolOf(call, asked)).toMatchObject({ permission: { state: 'asked', at: '2026-01-08T13:11:03.000Z' } });
    const allowed = { permission: { state: 'allowed', at: '2026-01-08T13:11:04.000Z' } };
    expect(toolOf(call, asked, answered('yes', 'allow_once'), update('completed'))).toMatchObject(allowed);
    expect(toolOf(asked, answered('yes', 'allow_once'), call)).toMatchObject({
      permission: { state: 'allowed', at: '2026-01-08T13:11:03.000Z' },
    });
    expect(toolOf(call, asked, answered('no', 'reject_once'), update('failed'))).toMatchObject({
      permission: { state: 'rejected' },
      cutShort: undefined,
    });
    expect(toolOf(call, asked, answered())).toMatchObject({ permission: { state: 'withdrawn' } });
  });

  it('[EVT6] says that a stop ended it, whether the agent or the runner closes it, and nothing of its own', () => {
    const closed = (reason: string) => update('failed', { _meta: { konui: { closedBecause: reason } } });
    expect(toolOf(call, stopping, update('failed'))).toMatchObject({ cutShort: 'stopped' });
    expect(toolOf(call, stopping, update('completed'))).toMatchObject({ cutShort: undefined });
    expect(toolOf(call, closed('stopped'))).toMatchObject({ cutShort: 'stopped' });
    expect(toolOf(call, closed('runner_died'))).toMatchObject({ cutShort: 'unfinished' });
    expect(toolOf(call, update('failed'))).toMatchObject({ status: 'failed', cutShort: undefined });
  });
});
