import { describe, expect, it } from 'vitest';
import { checkForm } from './check-form.ts';
import { parseForm } from './parse-form.ts';

const check = (schema: object, value: string | boolean | readonly string[] | undefined, isRequired = false) => {
  const fields = parseForm({ properties: { a: schema }, required: isRequired ? ['a'] : [] });
  const checked = checkForm(fields, value === undefined ? {} : { a: value });
  return checked.state === 'ok' ? checked.content['a'] : { problem: checked.problems.get('a') };
};
const enumeration = { type: 'string', enum: ['x', 'y'] };
const several = { type: 'array', items: { type: 'string', enum: ['x', 'y', 'z'] }, minItems: 2, maxItems: 2 };

describe('checkForm', () => {
  it.each([
    ['text as it is', { type: 'string' }, ' hi ', ' hi '],
    ['a number', { type: 'number' }, ' 2.5 ', 2.5],
    ['a whole number', { type: 'integer' }, '7', 7],
    ['yes or no', { type: 'boolean' }, undefined, false],
    ['the one that was chosen', enumeration, 'y', 'y'],
    ['those that were chosen', several, ['x', 'z'], ['x', 'z']],
    ['a date', { type: 'string', format: 'date' }, '2026-02-03', '2026-02-03'],
    ['an address', { type: 'string', format: 'uri' }, 'https://example.org', 'https://example.org'],
    ['what matches the pattern', { type: 'string', pattern: '^[a-z]+$' }, 'abc', 'abc'],
    ['what a pattern that is none cannot judge', { type: 'string', pattern: '(' }, 'abc', 'abc'],
    ['nothing for an empty optional text', { type: 'string', minLength: 3 }, '  ', undefined],
    ['nothing for an empty optional number', { type: 'number' }, '', undefined],
    ['nothing for no choice', enumeration, undefined, undefined],
    ['nothing for no choices', several, [], undefined],
  ] as const)('sends %s', (_, schema, value, sent) => expect(check(schema, value)).toEqual(sent));

  it.each([
    ['an empty text', { type: 'string' }, '', 'Please answer this.'],
    ['no choice', enumeration, undefined, 'Please choose one.'],
    ['too few choices', several, ['x'], 'Please choose at least 2.'],
    ['too many choices', several, ['x', 'y', 'z'], 'Please choose at most 2.'],
    ['a word for a number', { type: 'number' }, 'seven', 'Please enter a number.'],
    ['a fraction for a whole number', { type: 'integer' }, '1.5', 'Please enter a whole number.'],
    ['too small a number', { type: 'number', minimum: 3 }, '2', 'Not less than 3, please.'],
    ['too large a number', { type: 'number', maximum: 3 }, '4', 'Not more than 3, please.'],
    ['too short a text', { type: 'string', minLength: 2 }, 'a', 'At least 2 characters, please.'],
    ['too long a text, in characters', { type: 'string', maxLength: 1 }, '👍👍', 'At most 1 character, please.'],
    ['no e-mail address', { type: 'string', format: 'email' }, 'me', 'Please enter an e-mail address.'],
    ['no date', { type: 'string', format: 'date' }, 'soon', 'Please enter a date.'],
    ['another form', { type: 'string', pattern: '^x$' }, 'y', 'This does not have the form that the agent asks for.'],
  ] as const)('refuses %s in words', (_, schema, value, problem) =>
    expect(check(schema, value, true)).toEqual({ problem }),
  );
});
