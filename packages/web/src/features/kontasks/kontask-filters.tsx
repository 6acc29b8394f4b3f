import type { KontaskFacets } from '@konui/client';
import { KontaskStatus } from '@konui/protocol';
import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { isFiltered, type ListQuery } from './kontask-query.ts';
import { typeText } from './kontask-words.ts';

interface KontaskFiltersProps {
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  readonly facets: KontaskFacets;
}

export function KontaskFilters({ query, onQuery, facets }: KontaskFiltersProps): ReactNode {
  const select = (
    name: keyof typeof en.kontasks.filter,
    values: readonly string[],
    words: (value: string) => string = (value) => value,
  ): ReactNode => (
    <label className="filter">
      <span>{en.kontasks.filter[name]}</span>
      <select
        className="input"
        value={query[name]}
        onChange={(event) => onQuery({ ...query, [name]: event.currentTarget.value })}
      >
        <option value="">{en.kontasks.any}</option>
        {withOwn(values, query[name]).map((value) => (
          <option key={value} value={value}>
            {words(value)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="filters">
      {select('status', KontaskStatus.options, statusWords)}
      {select('type', facets.types, typeText)}
      {select('scope', facets.scopes)}
      {select('tag', facets.tags)}
      {select('targetUser', facets.targetUsers)}
      {isFiltered(query) && (
        <button
          type="button"
          className="button subtle"
          onClick={() => onQuery({ q: query.q, status: '', type: '', scope: '', tag: '', targetUser: '' })}
        >
          {en.kontasks.clear}
        </button>
      )}
    </div>
  );
}

function statusWords(value: string): string {
  const status = KontaskStatus.options.find((each) => each === value);
  return status === undefined ? value : en.kontaskStatus[status];
}

/** A link may ask for one that no kontask has any more. */
function withOwn(known: readonly string[], own: string): readonly string[] {
  return own === '' || known.includes(own) ? known : [...known, own];
}
