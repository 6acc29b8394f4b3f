import { describe, expect, it } from 'vitest';
import { parseKonsoleConfig } from './config.ts';

describe('parseKonsoleConfig', () => {
  it('reads home and log level', () => {
    expect(parseKonsoleConfig(['konsole', '--home', '/h/', '--log-level', 'debug'], {})).toEqual({
      home: '/h',
      logLevel: 'debug',
      maxWarmAgents: expect.any(Number),
      runnerEnvironment: {},
    });
  });

  it('takes the mark of a run out of the environment for runners', () => {
    const environment = { PATH: '/bin', KONUI_MARKER: 'run', EMPTY: undefined };
    expect(parseKonsoleConfig(['konsole', '--home', '/h'], environment).runnerEnvironment).toEqual({ PATH: '/bin' });
  });

  it.each([
    [['konsole'], '--home must be an absolute path'],
    [['konsole', '--home', 'relative'], '--home must be an absolute path'],
    [['gateway', '--home', '/h'], 'there is no part "gateway" here'],
    [['konsole', 'more', '--home', '/h'], 'no argument "more"'],
    [['konsole', '--home', '/h', '--log-level', 'loud'], '--log-level must be one of'],
    [['konsole', '--port', '1'], "Unknown option '--port'"],
  ])('refuses %j with one line', (args, message) => {
    const parse = () => parseKonsoleConfig(args, {});
    expect(parse).toThrow(message);
    expect(parse).toThrow(/^[^\n]*$/);
  });

  it('[OPT8] takes the cap of living agents from the environment, and refuses what is no number', () => {
    const parse = (max: string) => parseKonsoleConfig(['konsole', '--home', '/h'], { KONUI_MAX_WARM_AGENTS: max });
    expect(parse('3').maxWarmAgents).toBe(3);
    for (const bad of ['0', '-1', '1.5', 'many']) expect(() => parse(bad)).toThrow('KONUI_MAX_WARM_AGENTS');
  });
});
