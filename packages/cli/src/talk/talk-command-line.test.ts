import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { parseTalkCommandLine } from './talk-command-line.ts';

const parse = (line: string, env: Record<string, string> = {}) =>
  parseTalkCommandLine(line.split(' ').filter(Boolean), env);

describe('which command it is', () => {
  it.each(['', 'start', 'stop', 'stop --home /h', 'status', 'restart', 'stop-session x', '--help', 'unheard of'])(
    'leaves "%s" to others',
    (line) => expect(parse(line)).toBeUndefined(),
  );

  it('tells the end of one run from the end of everything by the word behind it', () => {
    expect(parse('stop 0a1b')).toMatchObject({ command: 'stop-session', words: ['0a1b'] });
  });

  it('has two words for kontasks', () => {
    expect(parse('kontask show fix-cart')).toMatchObject({ command: 'kontask show', words: ['fix-cart'] });
    expect(() => parse('kontask')).toThrow('needs one of: list, show');
    expect(() => parse('kontask constructor')).toThrow('needs one of: list, show');
  });
});

describe('help', () => {
  it.each([
    ['prompt --help', 'prompt'],
    ['inject -h', 'inject'],
    ['stop 3f2a --help', 'stop-session'],
    ['kontask --help', 'kontask'],
    ['kontask show --help', 'kontask show'],
    ['help mcp', 'mcp'],
    ['help kontask', 'kontask'],
    ['help kontask import', 'kontask import'],
  ])('is asked for by konui %s', (line, topic) => {
    expect(parse(line)).toEqual({ command: 'help', topic });
  });

  it('is left alone behind "--", and for the other commands', () => {
    expect(parse('prompt -- --help')).toMatchObject({ command: 'prompt', words: ['--help'] });
    expect(parse('help')).toBeUndefined();
    expect(parse('help start')).toBeUndefined();
  });
});

describe('where it talks to', () => {
  it('is the home of the flag, else of the environment, else of the user', () => {
    expect(parse('sessions --home some/where', { KONUI_HOME: '/other' })).toMatchObject({
      home: resolve('some/where'),
    });
    expect(parse('sessions', { KONUI_HOME: '/other' })).toMatchObject({ home: '/other' });
    expect(parse('sessions', { KONUI_HOME: '' })).toMatchObject({ home: join(homedir(), '.konui') });
  });

  it('is an address with a token where they are named; a flag wins, and an empty variable says nothing', () => {
    const env = { KONUI_URL: 'http://one', KONUI_TOKEN: 'secret' };
    expect(parse('tail', env)).toMatchObject({ url: 'http://one', token: 'secret' });
    expect(parse('tail --url http://two --token other', env)).toMatchObject({ url: 'http://two', token: 'other' });
    expect(parse('tail', { KONUI_URL: '', KONUI_TOKEN: '' })).toMatchObject({ url: undefined, token: undefined });
  });
});

describe('what stands behind it', () => {
  it('is words, also those behind "--" and a lonely "-", and flags that may come again', () => {
    expect(parse('inject say this - --policy steer')).toMatchObject({
      words: ['say', 'this', '-'],
      flags: { policy: 'steer' },
      asJson: false,
    });
    expect(parse('prompt --json -- --not-a-flag')).toMatchObject({ words: ['--not-a-flag'], asJson: true });
    expect(parse('kontask create --tag one --tag two')).toMatchObject({ flags: { tag: ['one', 'two'] } });
    expect(parse('kontask import -')).toMatchObject({ words: ['-'] });
  });

  it.each([
    ['sessions now', 'konui sessions takes no argument "now"'],
    ['tail one two', 'konui tail takes no argument "two"'],
    ['kontask show', 'konui kontask show needs one word more'],
    ['stop 3f2a 0b1c', 'konui stop takes no argument "0b1c"'],
    ['inject x --url foo', '--url must be an address like http://127.0.0.1:4680'],
    ['tail --url ftp://one', '--url must be an address like'],
    ['tail --url http://one/#token=abc', 'with nothing behind a "?" or "#"'],
    ['tail --token schlüssel', '--token must be a token'],
    ['sessions --policy queue', "Unknown option '--policy'"],
    ['inject --policy', "Option '--policy <value>' argument missing"],
    ['sessions --running=yes', "Option '--running' does not take an argument"],
  ])('is refused in one line with exit code 2: konui %s', (line, message) => {
    let thrown: unknown;
    try {
      parse(line);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ExitError);
    expect(thrown).toMatchObject({ exitCode: EXIT_CODES.usage, message: expect.stringContaining(message) });
    expect(String(thrown)).not.toContain('\n');
  });
});
