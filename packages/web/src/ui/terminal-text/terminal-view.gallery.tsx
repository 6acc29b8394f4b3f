import { defineGallery } from '../../gallery/define-gallery.ts';
import { TerminalView } from './terminal-view.tsx';

const escape = '\u001b[';
const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const palette = [30, 90, 40, 100]
  .map((first) => names.map((name, index) => `${escape}${first + index}m ${name} ${escape}0m`).join(''))
  .join('\n');
const looks = `${escape}1mbold${escape}0m ${escape}2mdim${escape}0m ${escape}3mitalic${escape}0m ${escape}4munderlined${escape}0m ${escape}9mstruck${escape}0m ${escape}7minverse${escape}0m ${escape}1;3;4;35mall${escape}0m`;
const cube = Array.from({ length: 6 }, (_, row) =>
  Array.from({ length: 36 }, (_each, column) => `${escape}38;5;${16 + row * 36 + column}m■${escape}0m`).join(''),
).join('\n');
const ramp = Array.from(
  { length: 48 },
  (_, step) => `${escape}48;2;${step * 5};${255 - step * 5};120m ${step % 10}`,
).join('');
const tests = ` RUN  v5.1.1

 ${escape}32m✓${escape}0m src/parser.test.ts ${escape}2m(24 tests)${escape}0m ${escape}33m312ms${escape}0m
 ${escape}31m❯${escape}0m src/printer.test.ts ${escape}2m(8 tests | ${escape}0;31m1 failed${escape}0;2m)${escape}0m
   ${escape}31m× prints an empty list${escape}0m
     ${escape}1;41m FAIL ${escape}0m expected ${escape}32m"[]"${escape}0m to be ${escape}31m"[ ]"${escape}0m

 Docs: \u001b]8;;https://example.org/docs\u001b\\example.org/docs\u001b]8;;\u001b\\
`;
const progress = Array.from(
  { length: 40 },
  (_, step) => `\r${escape}K[${'#'.repeat(step)}${'.'.repeat(39 - step)}] ${step + 1}/40`,
).join('');
const hostile = `${escape}38;2;9;9;9mdark${escape}0m \u001b]8;;javascript:alert(1)\u0007click\u001b]8;;\u0007 <img src=x onerror=alert(1)> \u202eright to left\u202c
\u001b]0;never ends
${escape}99999999C|${'x'.repeat(3_000)}
${escape}8mhidden${escape}0m ${escape}30;40mblack on black${escape}0m \u001bP unterminated`;

export const gallery = defineGallery({
  name: 'terminal-text',
  states: {
    tests: () => <TerminalView label="Output" text={tests} note="Exit code 1" />,
    palette: () => <TerminalView label="Output" text={`${palette}\n${looks}`} />,
    'many-colours': () => <TerminalView label="Output" text={`${cube}\n${ramp}`} />,
    progress: () => <TerminalView label="Output" text={`Downloading\n${progress}\ndone`} />,
    'empty-lines': () => <TerminalView label="Output" text={'one\n\n\nfour\n'} />,
    'one-line': () => <TerminalView label="Output" text="ok" />,
    'many-lines': () => (
      <TerminalView label="Output" text={Array.from({ length: 9_000 }, (_, index) => `line ${index + 1}`).join('\n')} />
    ),
    'four-megabytes': () => (
      <TerminalView
        label="Output"
        text={'\u001b[32mok\u001b[0m one line of a build that goes on and on\n'.repeat(90_000)}
      />
    ),
    hostile: () => <TerminalView label="Output" text={hostile} />,
  },
});
