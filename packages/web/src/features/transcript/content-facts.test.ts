import { describe, expect, it } from 'vitest';
import { contentFacts } from './content-facts.ts';

describe('contentFacts', () => {
  it.each([
    [
      { type: 'resource_link', name: 'a.ts', uri: 'file:///x/a.ts', size: 2048 },
      { name: 'a.ts', uri: 'file:///x/a.ts', text: undefined, kilobytes: 2 },
    ],
    [
      { type: 'resource', resource: { uri: 'file:///x/b.md', text: 'hi' } },
      { name: 'b.md', uri: 'file:///x/b.md', text: 'hi', kilobytes: 1 },
    ],
    [
      { type: 'audio', data: 'AAAA' },
      { name: 'Sound', uri: undefined, text: undefined, kilobytes: 1 },
    ],
    [{ type: 'new' }, { name: 'Attached file', uri: undefined, text: undefined, kilobytes: undefined }],
  ])('%j', (block, facts) => expect(contentFacts(block)).toEqual(facts));
});
