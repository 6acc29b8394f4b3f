import { expect, it } from 'vitest';
import { isChosen, toAgentOffer, toOptionRequest, updateOffer, withChoice } from './agent-offer.ts';

/** As Claude Code (0.100.0) offers it: models as an option alone. */
const claude = toAgentOffer({
  sessionId: 's',
  modes: { currentModeId: 'default', availableModes: [{ id: 'default' }, { id: 'plan' }] },
  configOptions: [
    {
      id: 'mode',
      category: 'mode',
      type: 'select',
      currentValue: 'default',
      options: [{ value: 'default' }, { value: 'plan' }],
    },
    {
      id: 'model',
      category: 'model',
      type: 'select',
      currentValue: 'a',
      options: [{ group: 'g', options: [{ value: 'a' }, { value: 'b' }] }],
    },
    { id: 'fast', type: 'boolean', currentValue: false },
  ],
});
/** As Codex (2.6.0) offers it. */
const codex = toAgentOffer({
  models: { currentModelId: 'x[low]', availableModels: [{ modelId: 'x[low]' }, { modelId: 'x[high]' }] },
});

it('[OPT3] asks for a mode, a model, an option by ACP', () => {
  expect(toOptionRequest(claude, { type: 'mode', modeId: 'plan' })).toEqual({
    method: 'session/set_mode',
    params: { modeId: 'plan' },
  });
  expect(toOptionRequest(codex, { type: 'model', modelId: 'x[high]' })).toEqual({
    method: 'session/set_model',
    params: { modelId: 'x[high]' },
  });
  expect(toOptionRequest(claude, { type: 'config', configId: 'fast', value: true })).toEqual({
    method: 'session/set_config_option',
    params: { configId: 'fast', type: 'boolean', value: true },
  });
});

it('[OPT3] chooses a model as an option where it is offered as one, also in groups', () => {
  const request = toOptionRequest(claude, { type: 'model', modelId: 'b' });
  expect(request).toEqual({ method: 'session/set_config_option', params: { configId: 'model', value: 'b' } });
  if (request === undefined) return;
  expect(isChosen(claude, request)).toBe(false);
  expect(isChosen(withChoice(claude, request), request)).toBe(true);
});

it('[OPT3] asks for nothing that is not offered', () => {
  expect(toOptionRequest(codex, { type: 'mode', modeId: 'plan' })).toBeUndefined();
  expect(toOptionRequest(codex, { type: 'model', modelId: 'y' })).toBeUndefined();
  expect(toOptionRequest(claude, { type: 'config', configId: 'fast', value: 'true' })).toBeUndefined();
  expect(toOptionRequest(claude, { type: 'config', configId: 'model', value: 'c' })).toBeUndefined();
});

it('[OPT2] knows a mode that was chosen also as the option of that category', () => {
  const request = toOptionRequest(claude, { type: 'mode', modeId: 'plan' });
  if (request === undefined) throw new Error('not offered');
  const after = withChoice(claude, request);
  expect(after.modes).toMatchObject({ currentModeId: 'plan' });
  expect(after.configOptions?.[0]).toMatchObject({ currentValue: 'plan' });
});

it('[OPT2] follows what the agent says', () => {
  const update = { sessionUpdate: 'current_mode_update', currentModeId: 'plan' };
  expect(updateOffer(claude, update).modes).toMatchObject({ currentModeId: 'plan' });
  expect(updateOffer(claude, { sessionUpdate: 'config_option_update', configOptions: [] }).configOptions).toEqual([]);
  expect(updateOffer(claude, { sessionUpdate: 'plan' })).toBe(claude);
});
