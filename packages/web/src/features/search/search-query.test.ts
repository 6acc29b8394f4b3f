import { describe, expect, it } from 'vitest';
import { parsePageQuery, toHitQuery, toSearch } from './search-query.ts';

const address = 'q=two+words&project=%2Fhome%2Fme&agent=codex&from=2026-01-30&to=2026-01-31&archived=1';

describe('a search in the address', () => {
  it('survives a round trip, and leaves out what is empty', () => {
    expect(toSearch(parsePageQuery(address))).toBe(address);
    expect(toSearch(parsePageQuery('q=a'))).toBe('q=a');
    expect(toSearch(parsePageQuery(''))).toBe('');
  });

  it('drops a day that is none', () => {
    expect(parsePageQuery('from=yesterday').from).toBe('');
  });

  it('asks the gateway for whole days of this place, the last one included', () => {
    const query = toHitQuery(parsePageQuery(address));
    expect(query).toMatchObject({ q: 'two words', projectPath: '/home/me', provider: 'codex', includeArchived: true });
    expect(query?.from).toBe(new Date(2026, 0, 30).toISOString());
    expect(query?.to).toBe(new Date(2026, 1, 1).toISOString());
  });

  it('asks for nothing without words', () => {
    expect(toHitQuery(parsePageQuery('q=++&agent=codex'))).toBeUndefined();
    expect(toHitQuery(parsePageQuery('q=a'))).toEqual({ q: 'a' });
  });
});
