import { describe, expect, it } from 'vitest';
import { fold, id, origin } from '../testing/log-events.ts';

const ready = {
  kind: 'agent_ready',
  name: 'Agent',
  modes: {
    currentModeId: 'ask',
    availableModes: [
      { id: 'ask', name: 'Ask' },
      { id: 'code', name: 'Code' },
    ],
  },
  models: { currentModelId: 'a', availableModels: [{ modelId: 'a' }, { modelId: 'b' }] },
  configOptions: [
    { id: 'mode', category: 'mode', currentValue: 'ask', options: [{ value: 'ask' }, { value: 'code' }] },
    { id: 'fast', type: 'boolean', currentValue: false },
  ],
  promptCapabilities: { image: true },
};
const chose = (option: object) => ({ kind: 'option_changed', commandId: id(1), by: origin, option });

describe('what an agent offers', () => {
  it('[OPT2] is what its last agent_ready says', () => {
    expect(fold().modes).toBeUndefined();
    expect(fold(ready)).toMatchObject({
      modes: { current: 'ask', available: [{ id: 'ask' }, { id: 'code' }] },
      models: { current: 'a', available: [{ modelId: 'a' }, { modelId: 'b' }] },
      configOptions: ready.configOptions,
      promptCapabilities: { image: true },
      items: [],
    });
    expect(fold(ready, { kind: 'agent_ready', name: 'Other' })).toMatchObject({ models: undefined, configOptions: [] });
  });

  it('[OPT3] shows each choice when the agent has taken it', () => {
    const state = fold(
      ready,
      chose({ type: 'mode', modeId: 'code' }),
      chose({ type: 'model', modelId: 'b' }),
      chose({ type: 'config', configId: 'fast', value: true }),
    );
    expect(state).toMatchObject({ modes: { current: 'code' }, models: { current: 'b' }, items: [] });
    expect(state.configOptions).toMatchObject([{ currentValue: 'code' }, { currentValue: true }]);
  });

  it('follows what the agent changes by itself', () => {
    const state = fold(
      ready,
      { kind: 'current_mode_update', currentModeId: 'code' },
      { kind: 'config_option_update', configOptions: [] },
    );
    expect(state).toMatchObject({ modes: { current: 'code', available: [{}, {}] }, configOptions: [] });
  });

  it('[OPT1] an agent that starts for no run is an activity until it is ready or cannot be', () => {
    const starting = { kind: 'status', state: 'starting', message: 'Installing' };
    expect(fold(starting).activity).toBe('Installing');
    expect(fold(starting, ready).activity).toBeUndefined();
    expect(fold(starting, { kind: 'command_rejected', commandId: id(1), code: 'X' }).activity).toBeUndefined();
  });
});
