import { describe, expect, it } from 'vitest';
import { isFiltered, parseListQuery, toKontaskQuery, toSearch } from './kontask-query.ts';

const address = 'q=web+socket&status=completed&type=general&scope=vibetools&tag=ui&targetUser=claude';

describe('what the list of kontasks is narrowed to', () => {
  it('[B9] survives a round trip through the address, and leaves out what is empty', () => {
    expect(toSearch(parseListQuery(address))).toBe(address);
    expect(toSearch(parseListQuery('tag=ui'))).toBe('tag=ui');
    expect(toSearch(parseListQuery(''))).toBe('');
  });

  it('[B9] asks the gateway for what is there alone', () => {
    expect(toKontaskQuery(parseListQuery('q=+&tag=ui'))).toEqual({ tag: 'ui' });
    expect(toKontaskQuery(parseListQuery(address))).toEqual({
      q: 'web socket',
      status: 'completed',
      type: 'general',
      scope: 'vibetools',
      tag: 'ui',
      targetUser: 'claude',
    });
  });

  it('drops a status that is none', () => {
    expect(parseListQuery('status=done').status).toBe('');
    expect(isFiltered(parseListQuery('q=a&status=done'))).toBe(false);
    expect(isFiltered(parseListQuery('q=a&tag=b'))).toBe(true);
  });
});
