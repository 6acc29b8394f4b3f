import { describe, expect, it } from 'vitest';
import { keyOfOption, optionOfKey } from './permission-choice.ts';

const option = (optionId: string, kind: string) => ({ optionId, name: optionId, kind });
const options = [option('always', 'allow_always'), option('once', 'allow_once'), option('no', 'reject_once')];

describe('optionOfKey', () => {
  it.each([
    ['1', 'always'],
    ['3', 'no'],
    ['y', 'once'],
    ['Y', 'once'],
    ['n', 'no'],
    ['4', undefined],
    ['0', undefined],
    ['x', undefined],
  ])('%s chooses %s', (key, optionId) => {
    expect(optionOfKey(key, options)?.optionId).toBe(optionId);
  });

  it('takes "always" for y only where there is no "once"', () => {
    expect(optionOfKey('y', [option('always', 'allow_always')])?.optionId).toBe('always');
    expect(optionOfKey('n', [option('always', 'allow_always')])).toBeUndefined();
  });
});

describe('keyOfOption', () => {
  it('shows y and n on what they choose, and its place on everything else', () => {
    expect(options.map((_, index) => keyOfOption(options, index))).toEqual(['1', 'y', 'n']);
    const many = Array.from({ length: 11 }, (_, index) => option(`${index}`, 'allow_always')).with(
      10,
      option('no', 'reject_once'),
    );
    expect([8, 9, 10].map((index) => keyOfOption(many, index))).toEqual(['9', undefined, 'n']);
  });
});
