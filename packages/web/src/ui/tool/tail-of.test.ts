import { describe, expect, it } from 'vitest';
import { tailOf } from './tail-of.ts';
import { commandTool } from './tool-samples.ts';

const printed = (...output: string[]) => tailOf(commandTool({ output }));

describe('the tail of a command', () => {
  it('is its last five lines, without colours and what was written over', () => {
    expect(printed('1\n2\n3\n4\n5\n\u001b[31m6\u001b[0m\n50%\r100%\n\n')).toEqual(['3', '4', '5', '6', '100%']);
  });

  it('keeps an empty line between others, and is nothing where nothing was printed', () => {
    expect(printed('one\n\ntwo\n')).toEqual(['one', '', 'two']);
    expect(printed('\n \n')).toEqual([]);
    expect(printed()).toEqual([]);
  });

  it('is cut at a whole line, and of one endless line at its end', () => {
    expect(printed(`${'a'.repeat(3000)}\nlast`)).toEqual(['last']);
    expect(printed(`${'a'.repeat(3000)}b`)).toEqual([`${'a'.repeat(1999)}b`]);
  });
});
