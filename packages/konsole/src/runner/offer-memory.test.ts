import { expect, it } from 'vitest';
import { createOfferMemory } from './offer-memory.ts';

const mode = (currentModeId: string) => ({ kind: 'current_mode_update', currentModeId });
const options = (currentValue: string) => ({
  kind: 'config_option_update',
  configOptions: [{ id: 'mode', category: 'mode', currentValue }],
});
const line = (event: object) => ({ seq: 1, sessionId: 's', at: 'now', ...event }) as never;

it('[EVT9] knows what a line of the log says, whatever the order of its fields', () => {
  const memory = createOfferMemory();
  memory.note(line({ availableCommands: [], kind: 'available_commands_update', _meta: 1 }));
  expect(memory.isKnown({ kind: 'available_commands_update', _meta: 1, availableCommands: [] })).toBe(true);
  expect(memory.isKnown({ kind: 'available_commands_update', availableCommands: [] })).toBe(false);
});

it('[EVT9] leaves out nothing that an agent did', () => {
  const memory = createOfferMemory();
  const chunk = { kind: 'agent_message_chunk', content: { type: 'text', text: 'ho' } };
  memory.note(chunk);
  expect(memory.isKnown(chunk)).toBe(false);
});

it('[EVT9] takes the old mode for news after another one was chosen', () => {
  const memory = createOfferMemory();
  memory.note(mode('ask'));
  memory.note(options('ask'));
  memory.note({ kind: 'option_changed', option: { type: 'mode', modeId: 'code' } });
  expect(memory.isKnown(mode('ask'))).toBe(false);
  expect(memory.isKnown(options('ask'))).toBe(false);
});

it('[EVT9] knows what an agent_ready says of modes and options', () => {
  const memory = createOfferMemory();
  memory.note(mode('ask'));
  memory.note({
    kind: 'agent_ready',
    modes: { currentModeId: 'code', availableModes: [] },
    configOptions: options('code').configOptions,
  });
  expect(memory.isKnown(mode('ask'))).toBe(false);
  expect(memory.isKnown(mode('code'))).toBe(true);
  expect(memory.isKnown(options('code'))).toBe(true);
});
