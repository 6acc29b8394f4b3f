import type { CommandOutcome } from '@konui/client';
import type { SessionEvent, SessionOption } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { createOptionChanges, type OptionChange } from './option-changes.ts';

const mode: SessionOption = { type: 'mode', modeId: 'code' };
const model: SessionOption = { type: 'model', modelId: 'large' };

function setUp() {
  const sent: { option: SessionOption; settle: (outcome: CommandOutcome) => void }[] = [];
  const shown: (readonly OptionChange[])[] = [];
  const changes = createOptionChanges({
    send(option) {
      const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
      sent.push({ option, settle: resolve });
      return { commandId: `command ${sent.length}`, settled: promise };
    },
    onChange: (all) => void shown.push(all),
  });
  const receive = (kind: string, fields: Record<string, unknown>): void => {
    const event: SessionEvent = { seq: 1, sessionId: 's', kind, at: '2026-01-01T00:00:00.000Z', ...fields };
    changes.onEvent(event);
  };
  return { changes, sent, shown, receive };
}

describe('a change of a mode, model or option', () => {
  it('[OPT] is on its way until an event answers it, beside others', () => {
    const { changes, sent, shown, receive } = setUp();
    changes.request(mode);
    changes.request(model);
    receive('option_changed', { commandId: 'somebody else' });
    expect(sent.map(({ option }) => option)).toEqual([mode, model]);
    expect(shown.at(-1)).toEqual([
      { option: mode, problem: undefined },
      { option: model, problem: undefined },
    ]);
    receive('option_changed', { commandId: 'command 1' });
    expect(shown.at(-1)).toEqual([{ option: model, problem: undefined }]);
    receive('option_changed', { commandId: 'command 2' });
    expect(shown.at(-1)).toEqual([]);
  });

  it('says why the agent did not take it', () => {
    const { changes, shown, receive } = setUp();
    changes.request(mode);
    receive('command_rejected', { commandId: 'command 1', code: 'OPTION_NOT_FOUND', message: 'there is no such mode' });
    expect(shown.at(-1)).toEqual([{ option: mode, problem: 'there is no such mode' }]);
    changes.request(model);
    expect(shown.at(-1)).toEqual([{ option: model, problem: undefined }]);
  });

  it('says why it could not be sent', async () => {
    const { changes, sent, shown } = setUp();
    changes.request(mode);
    sent[0]?.settle({ state: 'refused', code: 'FORBIDDEN', message: 'this token may not' });
    await Promise.resolve();
    expect(shown.at(-1)).toEqual([{ option: mode, problem: 'this token may not' }]);
  });
});
