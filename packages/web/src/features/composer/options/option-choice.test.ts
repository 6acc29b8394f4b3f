import { describe, expect, it } from 'vitest';
import { nextMode, optionChoices } from './option-choice.ts';

const modes = {
  current: 'ask',
  available: [
    { id: 'ask', name: 'Ask' },
    { id: 'code', name: 'Code', description: 'Changes files' },
  ],
};
const models = { current: 'm', available: [{ modelId: 'm', name: 'Large' }, { name: 'without an id' }] };
const nothing = { modes: undefined, models: undefined, configOptions: [] };

describe('what an agent lets a person choose', () => {
  it('are its modes and models, each as the command that chooses it', () => {
    const choices = optionChoices({ modes, models, configOptions: [] });
    expect(choices).toMatchObject([
      { key: 'mode', value: 'ask', choices: [{ value: 'ask' }, { value: 'code', description: 'Changes files' }] },
      { key: 'model', value: 'm', choices: [{ value: 'm', name: 'Large' }] },
    ]);
    expect(choices.map(({ toOption }) => toOption('x'))).toEqual([
      { type: 'mode', modeId: 'x' },
      { type: 'model', modelId: 'x' },
    ]);
  });

  it('are options: lists, lists in groups, and switches', () => {
    const configOptions = [
      { id: 'a', name: 'A', type: 'select', currentValue: '1', options: [{ value: '1', name: 'One' }] },
      { id: 'b', type: 'select', options: [{ group: 'g', name: 'Group', options: [{ value: '2', name: 'Two' }] }] },
      { id: 'c', name: 'C', type: 'boolean', currentValue: true },
      { id: 'empty', type: 'select', options: [] },
      { name: 'without an id' },
      null,
    ];
    const choices = optionChoices({ ...nothing, configOptions });
    expect(choices).toMatchObject([
      { key: 'config.a', label: 'A', value: '1' },
      { key: 'config.b', label: 'b', value: '', choices: [{ value: '2', group: 'Group' }] },
      { key: 'config.c', value: 'true', choices: [] },
    ]);
    expect(choices[2]?.toOption('false')).toEqual({ type: 'config', configId: 'c', value: false });
  });

  it('are not offered twice by an agent that offers a mode as an option too', () => {
    const option = { id: 'x', name: 'X', type: 'select', category: 'mode', currentValue: '1' };
    const configOptions = [{ ...option, options: [{ value: '1', name: 'One' }] }];
    expect(optionChoices({ modes, models, configOptions }).map(({ key }) => key)).toEqual(['model', 'config.x']);
  });

  it('has a next mode, round and round', () => {
    expect(nextMode(optionChoices({ ...nothing, modes }))?.value).toBe('code');
    expect(nextMode(optionChoices({ ...nothing, modes: { ...modes, current: 'code' } }))?.value).toBe('ask');
    expect(nextMode(optionChoices({ ...nothing, models }))).toBeUndefined();
    expect(
      nextMode(optionChoices({ ...nothing, modes: { current: 'ask', available: [{ id: 'ask' }] } })),
    ).toBeUndefined();
  });
});
