import { describe, expect, it } from 'vitest';
import { answerTexts, questionText } from './question-text.ts';

const person = { type: 'person' } as const;
const message = 'Which colour?';
const requestedSchema = {
  properties: {
    colour: { type: 'string', title: 'Colour', oneOf: [{ const: 'r', title: 'Red' }] },
    sizes: { type: 'array', items: { anyOf: [{ const: 's', title: 'Small' }] } },
    sure: { type: 'boolean' },
  },
};

describe('questionText', () => {
  it.each([
    [{ action: 'accept', by: person, at: '' }, 'You answered: Which colour?'],
    [{ action: 'decline', by: person, at: '' }, 'You declined to answer: Which colour?'],
    [{ action: 'cancel', by: person, at: '' }, 'You cancelled the question: Which colour?'],
    [
      { action: 'cancel', by: { type: 'system', reason: 'stopped' }, at: '' },
      'Closed without an answer: Which colour?',
    ],
  ] as const)('%j is "%s"', (resolution, text) => expect(questionText({ message, resolution }, 'You')).toBe(text));
});

describe('answerTexts', () => {
  const texts = (content: Record<string, string | boolean | string[]>) =>
    answerTexts({ requestedSchema, resolution: { by: person, at: '', action: 'accept', content } });

  it('says what was chosen as it was shown', () => expect(texts({ colour: 'r' })).toEqual(['Red']));
  it('names the fields where there are several', () =>
    expect(texts({ colour: 'r', sizes: ['s', 'xl'], sure: true })).toEqual([
      'Colour: Red',
      'sizes: Small, xl',
      'sure: Yes',
    ]));
  it('says nothing where nothing was sent', () => expect(texts({})).toEqual([]));
});
