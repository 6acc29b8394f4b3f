import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kontask, layoutTypeOf, parseLayout } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { requestFields } from './request-fields.ts';

const EXAMPLES = join(import.meta.dirname, '../../../../../examples');
const read = (path: string): string => readFileSync(join(EXAMPLES, path), 'utf8');

describe('[B6] the example layouts', () => {
  it('can be used, each for the type of its name', () => {
    const files = readdirSync(join(EXAMPLES, 'layouts'));
    expect(files.map(layoutTypeOf)).toEqual(['general', 'inject-review', 'review']);
    for (const file of files) expect({ file, ...parseLayout(read(`layouts/${file}`)) }).toMatchObject({ layout: {} });
  });

  it.each(['console-implementation', 'status-report', 'architecture'])('show the request of %s', (name) => {
    const kontask = Kontask.parse(JSON.parse(read(`kontasks/${name}.json`)));
    const { layout } = parseLayout(read(`layouts/${kontask.type}.json`));
    const fields = layout === undefined ? [] : requestFields(kontask, layout);
    const { requestedAt, choices = [] } = kontask.context;
    expect(Object.fromEntries(fields.map(({ label, values }) => [label, values]))).toEqual({
      'Asked Of': ['claude'],
      ...(requestedAt === undefined ? {} : { Requested: [requestedAt] }),
      ...(kontask.requestId === undefined ? {} : { 'Request Id': [kontask.requestId] }),
      Offers: choices.map(({ label }) => label),
    });
  });
});
