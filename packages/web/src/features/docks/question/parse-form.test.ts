import { describe, expect, it } from 'vitest';
import { initialValues, parseForm } from './parse-form.ts';

const fieldOf = (schema: object) => parseForm({ type: 'object', properties: { a: schema } })[0];

describe('parseForm', () => {
  it('offers a string with titled choices as a choice', () => {
    const oneOf = [
      { const: 'r', title: 'Red', description: 'warm' },
      { const: 'b', title: 'Blue' },
    ];
    expect(fieldOf({ type: 'string', title: 'Colour', oneOf, default: 'b' })).toEqual({
      type: 'choice',
      name: 'a',
      label: 'Colour',
      description: undefined,
      isRequired: false,
      choices: [
        { value: 'r', title: 'Red', description: 'warm' },
        { value: 'b', title: 'Blue', description: undefined },
      ],
      initial: 'b',
    });
  });

  it('takes the bare values of an enum for their titles', () => {
    expect(fieldOf({ type: 'string', enum: ['x', 'y'] })).toMatchObject({
      type: 'choice',
      choices: [{ value: 'x', title: 'x' }, { value: 'y' }],
    });
  });

  it('lets several be chosen from an array, with those of the default that exist', () => {
    const items = { anyOf: [{ const: 'x', title: 'X' }] };
    expect(fieldOf({ type: 'array', items, default: ['x', 'gone'], maxItems: 1 })).toMatchObject({
      type: 'choices',
      initial: ['x'],
      maxItems: 1,
    });
  });

  it.each([
    [
      { type: 'integer', default: 3, minimum: 1 },
      { type: 'number', isInteger: true, initial: '3', minimum: 1 },
    ],
    [{ type: 'number' }, { type: 'number', isInteger: false, initial: '' }],
    [
      { type: 'boolean', default: true },
      { type: 'switch', initial: true },
    ],
    [
      { type: 'string', format: 'email', minLength: 2 },
      { type: 'text', format: 'email', minLength: 2 },
    ],
    [
      { type: '_colour', title: 'Any' },
      { type: 'text', label: 'Any' },
    ],
    [{ type: 'array', items: { type: 'object' } }, { type: 'text' }],
    [
      { type: 'string', minLength: null, oneOf: null, format: 'new' },
      { type: 'text', format: undefined },
    ],
  ])('reads %j', (schema, field) => expect(fieldOf(schema)).toMatchObject(field));

  it('knows what is required, and survives a schema without anything', () => {
    expect(parseForm({ properties: { a: { type: 'string' } }, required: ['a'] })[0]).toMatchObject({
      isRequired: true,
    });
    expect(parseForm({})).toEqual([]);
    expect(parseForm({ properties: { a: 'text' }, required: 7 })[0]).toMatchObject({ type: 'text', isRequired: false });
  });

  it('begins with the defaults, and with nothing chosen where there is none', () => {
    const fields = parseForm({
      properties: { a: { type: 'string', enum: ['x'] }, b: { type: 'boolean' }, c: { type: 'string', default: 'd' } },
    });
    expect(initialValues(fields)).toEqual({ b: false, c: 'd' });
  });
});
