import { type ReactNode, useEffect, useRef, useState } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useTypedQuery } from '../../ui/use-typed-query.ts';
import { HitGroups } from './hit-groups.tsx';
import type { RecentSearches } from './recent-searches.ts';
import { SearchFilters } from './search-filters.tsx';
import { type PageQuery, toHitQuery } from './search-query.ts';
import { type HitsState, type SearchHits, useHits } from './use-hits.ts';

export interface SearchPageProps {
  readonly query: PageQuery;
  readonly onQuery: (query: PageQuery) => void;
  readonly search: SearchHits;
  readonly projects: readonly string[];
  readonly agents: readonly string[];
  readonly recent: RecentSearches;
}

/** Full text over all sessions. */
export function SearchPage(props: SearchPageProps): ReactNode {
  const { query, onQuery, recent } = props;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useTypedQuery(query, onQuery);
  const { hits, more, retry } = useHits(toHitQuery(query), props.search);
  const now = useNow(60_000);
  const shown = hits.state === 'nothing' ? [] : hits.hits;
  useEffect(() => field.current?.focus(), []);

  return (
    <div className="page-scroll">
      <div className="page search-page">
        <h1 className="visually-hidden">{en.search.title}</h1>
        <form
          role="search"
          className="search-form"
          onSubmit={(event) => {
            event.preventDefault();
            recent.add(text.trim());
            onQuery({ ...query, q: text });
          }}
        >
          <label className="search">
            <Icon name="search" />
            <span className="visually-hidden">{en.search.label}</span>
            <input
              ref={field}
              type="search"
              className="input"
              placeholder={en.search.placeholder}
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown') return;
                event.preventDefault();
                document.querySelector<HTMLElement>('.hit')?.focus();
              }}
            />
          </label>
          <SearchFilters query={query} onQuery={onQuery} projects={props.projects} agents={props.agents} />
        </form>
        <p className="soft" role="status">
          {statusText(hits, query.q)}
        </p>
        {hits.state === 'nothing' && <Recent recent={recent} onPick={setText} />}
        {hits.state === 'failed' && (
          <div className="card empty" role="alert">
            <p>{en.search.failed}</p>
            <button type="button" className="button" onClick={retry}>
              {en.search.retry}
            </button>
          </div>
        )}
        {hits.state === 'found' && shown.length === 0 && <p className="soft">{en.search.noneLead}</p>}
        <HitGroups hits={shown} now={now} onOpen={() => recent.add(query.q.trim())} />
        {hits.state === 'found' && hits.nextCursor !== null && (
          <div>
            <button type="button" className="button" onClick={more}>
              {en.search.more}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

function statusText(hits: HitsState, q: string): string {
  switch (hits.state) {
    case 'nothing':
      return en.search.start;
    case 'loading':
      return en.search.loading;
    case 'failed':
      return '';
    case 'found': {
      if (hits.hits.length === 0) return en.search.none(q.trim());
      const sessions = new Set(hits.hits.map(({ sessionId }) => sessionId)).size;
      return en.search.found(hits.hits.length, sessions, hits.nextCursor !== null);
    }
  }
}

function Recent({ recent, onPick }: { recent: RecentSearches; onPick: (q: string) => void }): ReactNode {
  const [searches, setSearches] = useState(() => recent.read());
  if (searches.length === 0) return null;
  return (
    <section className="group" aria-label={en.search.recent}>
      <h2>{en.search.recent}</h2>
      <ul className="recent-folders">
        {searches.map((q) => (
          <li key={q}>
            <button type="button" className="filter-chip" onClick={() => onPick(q)}>
              {q}
            </button>
          </li>
        ))}
      </ul>
      <div>
        <button
          type="button"
          className="button subtle"
          onClick={() => {
            recent.clear();
            setSearches([]);
          }}
        >
          {en.search.forget}
        </button>
      </div>
    </section>
  );
}
