import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { folderName } from '../../ui/session-words.ts';
import type { PageQuery } from './search-query.ts';

interface SearchFiltersProps {
  readonly query: PageQuery;
  readonly onQuery: (query: PageQuery) => void;
  readonly projects: readonly string[];
  readonly agents: readonly string[];
}

/** Where, by whom and when. */
export function SearchFilters({ query, onQuery, projects, agents }: SearchFiltersProps): ReactNode {
  const isFiltered = toFilters(query).some((value) => value !== '') || query.isWithArchive;
  const select = (
    name: 'project' | 'agent',
    label: string,
    options: readonly (readonly [string, string])[],
  ): ReactNode => (
    <label className="filter">
      <span>{label}</span>
      <select
        className="input"
        value={query[name]}
        onChange={(event) => onQuery({ ...query, [name]: event.currentTarget.value })}
      >
        <option value="">{en.search.any}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
  const day = (name: 'from' | 'to', label: string): ReactNode => (
    <label className="filter">
      <span>{label}</span>
      <input
        type="date"
        className="input"
        value={query[name]}
        onChange={(event) => onQuery({ ...query, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <div className="filters">
      {select(
        'project',
        en.search.project,
        withOwn(projects, query.project).map((path) => [path, folderName(path)]),
      )}
      {select(
        'agent',
        en.search.agent,
        withOwn(agents, query.agent).map((name) => [name, name]),
      )}
      {day('from', en.search.from)}
      {day('to', en.search.to)}
      <label className="filter-check">
        <input
          type="checkbox"
          checked={query.isWithArchive}
          onChange={(event) => onQuery({ ...query, isWithArchive: event.currentTarget.checked })}
        />
        {en.search.archived}
      </label>
      {isFiltered && (
        <button
          type="button"
          className="button subtle"
          onClick={() => onQuery({ q: query.q, project: '', agent: '', from: '', to: '', isWithArchive: false })}
        >
          {en.search.clear}
        </button>
      )}
    </div>
  );
}

function toFilters({ project, agent, from, to }: PageQuery): readonly string[] {
  return [project, agent, from, to];
}

/** A link may ask for one that no session has any more. */
function withOwn(known: readonly string[], own: string): readonly string[] {
  return own === '' || known.includes(own) ? known : [...known, own];
}
