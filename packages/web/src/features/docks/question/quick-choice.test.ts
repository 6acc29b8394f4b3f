import { describe, expect, it } from 'vitest';
import { parseForm } from './parse-form.ts';
import { quickChoice } from './quick-choice.ts';

const colour = { type: 'string', enum: ['red', 'blue'] };
const quick = (properties: object, required: readonly string[] = []) =>
  quickChoice(parseForm({ properties, required }))?.name;

describe('quickChoice', () => {
  it('finds the one choice of a form, also beside optional texts', () => {
    expect(quick({ colour })).toBe('colour');
    expect(quick({ colour, other: { type: 'string' } })).toBe('colour');
  });
  it('finds none where more has to be said', () => {
    expect(quick({ colour, size: colour })).toBeUndefined();
    expect(quick({ colour, why: { type: 'string' } }, ['why'])).toBeUndefined();
    expect(quick({ colour, count: { type: 'number' } })).toBeUndefined();
    expect(quick({ why: { type: 'string' } })).toBeUndefined();
  });
});
