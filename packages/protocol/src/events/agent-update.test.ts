import { describe, expect, it } from 'vitest';
import { fromAgentUpdate } from './agent-update.ts';

describe('fromAgentUpdate', () => {
  it("[EVT1] keeps ACP's own fields and renames those that would hide one of the envelope", () => {
    const update = {
      sessionUpdate: 'tool_call',
      toolCallId: 't',
      kind: 'edit',
      seq: 9,
      sessionId: 's',
      at: 1,
      commandId: 'c',
    };
    expect(fromAgentUpdate(update)).toEqual({
      kind: 'tool_call',
      toolCallId: 't',
      toolKind: 'edit',
      agentSeq: 9,
      agentSessionId: 's',
      agentAt: 1,
      agentCommandId: 'c',
    });
  });

  it('[EVT1] lets a kind that nobody knows pass', () => {
    expect(fromAgentUpdate({ sessionUpdate: 'new_kind', a: [1] })).toEqual({ kind: 'new_kind', a: [1] });
  });
  it.each(['complete', 'log_opened', 'permission_resolved', 'prompt', 'chat_subscribed', 'protocol_error'])(
    '[EVT1] lets no agent say %s, which is for Konui to say',
    (kind) => {
      expect(fromAgentUpdate({ sessionUpdate: kind, runId: 'r' })).toEqual({ kind: `agent_${kind}`, runId: 'r' });
    },
  );
});
