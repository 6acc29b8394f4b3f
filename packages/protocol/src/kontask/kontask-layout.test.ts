import { describe, expect, it } from 'vitest';
import { layoutFileOf, layoutTypeOf, parseLayout } from './kontask-layout.ts';

const field = { label: 'Request', path: 'context.request' };
const problemOf = (value: unknown): string | undefined => parseLayout(JSON.stringify(value)).problem;

describe('[KON10] a layout', () => {
  it('is a list of fields; what is not known means nothing', () => {
    const text = JSON.stringify({ $schema: 'x', note: 'mine', fields: [{ ...field, color: 'red' }] });
    expect(parseLayout(`\uFEFF${text}`).layout).toEqual({ fields: [{ ...field, format: 'text' }] });
  });

  it.each([
    [[], 'it must be an object such as {"fields": []}'],
    [{}, 'fields: must be a list of fields'],
    [{ fields: [] }, 'fields: must have at least one field'],
    [{ fields: Array.from({ length: 51 }, () => field) }, 'fields: may have 50 fields'],
    [{ fields: ['title'] }, 'fields.0: must be an object such as {"label": "Request", "path": "context.request"}'],
    [{ fields: [field, { path: 'title' }] }, 'fields.1.label: must be text'],
    [{ fields: [{ ...field, label: '' }] }, 'fields.0.label: must not be empty'],
    [
      { fields: [{ ...field, path: 'context..a' }] },
      'fields.0.path: must be names joined by dots, such as context.request',
    ],
    [
      { fields: [{ ...field, format: 'html' }] },
      'fields.0.format: must be one of text, markdown, code, date, link, list, json',
    ],
  ])('that is none is told what is wrong and where: %j', (value, problem) => expect(problemOf(value)).toBe(problem));

  it('that is no JSON is told so', () => {
    expect(parseLayout('{"fields": [').problem).toMatch(/^this is no valid JSON: /);
  });
});

describe('[KON10] the file of a type', () => {
  it.each([
    ['general', 'general.json'],
    ['Code Review', 'Code Review.json'],
    ['überblick', 'überblick.json'],
    ['50%', '50%25.json'],
    ['..', '%2E..json'],
    ['../../etc/passwd', '%2E.%2F..%2Fetc%2Fpasswd.json'],
    ['a\\b:c\0', 'a%5Cb%3Ac%00.json'],
    ['.hidden', '%2Ehidden.json'],
  ])('of %j is %j, in the folder, and back', (type, file) => {
    expect(layoutFileOf(type)).toBe(file);
    expect(layoutTypeOf(file)).toBe(type);
  });

  it('is none that an editor keeps for itself', () => {
    for (const file of ['.general.json', '.#general.json', 'general.json~', 'general.json.swp', 'README.md', '.json']) {
      expect(layoutTypeOf(file)).toBeUndefined();
    }
    expect(layoutTypeOf('50%.json')).toBe('50%');
  });
});
