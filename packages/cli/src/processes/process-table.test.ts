import { expect, it } from 'vitest';
import { parsePartCommandLine } from './process-table.ts';

const home = '/home/ada/.konui';

it('reads part, home and session from a command line', () => {
  const args = ['node', '/opt/konui/packages/konsole/src/main.ts', 'runner', '--home', home, '--session', 's1'];
  expect(parsePartCommandLine(args)).toEqual({ part: 'runner', home, sessionId: 's1' });
});

it('takes the last such word, not one from the path of the script', () => {
  const args = ['node', '--enable-source-maps', '/x/konui/main.ts', 'konsole', '--home', home, '--log-level', 'runner'];
  expect(parsePartCommandLine(args)?.part).toBe('konsole');
});

it('takes no other program for a part: neither the launcher nor one without a home', () => {
  expect(parsePartCommandLine(['node', '/x/konui/packages/cli/src/main.ts', 'start', '--home', home])).toBeUndefined();
  expect(parsePartCommandLine(['vim', 'konui'])).toBeUndefined();
});
