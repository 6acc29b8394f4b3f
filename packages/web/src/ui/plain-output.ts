/** Escape sequences of terminals: CSI, OSC (ended by BEL or ST), and two-character ones (ECMA-48). */
// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ -/]*[0-~])/g;

/** What a program printed, as text: without colours, and with a line that was written over only as it was last. */
export function plainOutput(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/\r+\n/g, '\n')
    .replace(/[^\n]*\r(?=[^\n])/g, '')
    .replace(/\r/g, '');
}

/** Code fences that some agents put around a tool's output say nothing to a reader. */
export function withoutFence(text: string): string {
  const fenced = /^\s*(`{3,})[^\n`]*\n([\s\S]*?)\n?\1\s*$/.exec(text);
  return fenced?.[2] ?? text;
}
