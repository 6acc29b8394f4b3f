import '../../styles/kontasks.css';
import type { KontaskInbox, KontasksApi } from '@konui/client';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useTypedQuery } from '../../ui/use-typed-query.ts';
import { ImportDialog } from './import-dialog.tsx';
import { KontaskFilters } from './kontask-filters.tsx';
import { KontaskForm } from './kontask-form.tsx';
import { isFiltered, type ListQuery } from './kontask-query.ts';
import { KontaskRow } from './kontask-row.tsx';
import { useFacets } from './use-facets.ts';
import { type ListState, useKontaskList } from './use-kontask-list.ts';

export interface KontasksPageProps {
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  readonly api: KontasksApi;
  readonly inbox: Pick<KontaskInbox, 'onChange' | 'subscribe' | 'expect'>;
  /** Names of the projects that sessions work on. */
  readonly scopes: readonly string[];
  readonly onOpen: (kontaskId: string) => void;
}

/** Reports and requests, the newest first. */
export function KontasksPage(props: KontasksPageProps): ReactNode {
  const { query, onQuery, api, inbox, onOpen } = props;
  const [text, setText] = useTypedQuery(query, onQuery);
  const [opened, setOpened] = useState<'form' | 'import' | undefined>(undefined);
  const { list, more, retry } = useKontaskList(query, props);
  const facets = useFacets(api, inbox);
  const { state, pages, problem } = list;
  const isNarrowed = query.q.trim() !== '' || isFiltered(query);
  const isEmpty = state === 'ready' && pages?.kontasks.length === 0;
  return (
    <div className="page-scroll">
      <div className="page kontasks-page">
        <div className="page-head">
          <h1>{en.kontasks.title}</h1>
          <div className="page-actions">
            <Link href="/kontasks/layouts" className="button">
              {en.kontasks.layouts}
            </Link>
            <button type="button" className="button" onClick={() => setOpened('import')}>
              {en.kontasks.import}
            </button>
            <button type="button" className="button primary" onClick={() => setOpened('form')}>
              <Icon name="plus" />
              {en.kontasks.create}
            </button>
          </div>
        </div>
        <form
          role="search"
          className="search-form"
          onSubmit={(event) => {
            event.preventDefault();
            onQuery({ ...query, q: text });
          }}
        >
          <label className="search">
            <Icon name="search" />
            <span className="visually-hidden">{en.kontasks.search}</span>
            <input
              type="search"
              className="input"
              placeholder={en.kontasks.search}
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <KontaskFilters query={query} onQuery={onQuery} facets={facets} />
        </form>
        <p className="soft" role="status">
          {statusText(list)}
        </p>
        {state === 'failed' && (
          <div className="card empty" role="alert">
            <p>{en.kontasks.failed(problem ?? '')}</p>
            <button type="button" className="button" onClick={retry}>
              {en.kontasks.retry}
            </button>
          </div>
        )}
        {isEmpty && (
          <div className="card empty">
            <h2>{isNarrowed ? en.kontasks.noneFound : en.kontasks.emptyTitle}</h2>
            <p className="soft">{isNarrowed ? en.kontasks.noneFoundLead : en.kontasks.emptyLead}</p>
          </div>
        )}
        {pages !== undefined && pages.kontasks.length > 0 && (
          <ul className="kontask-list" aria-busy={state === 'loading'}>
            {pages.kontasks.map((kontask) => (
              <KontaskRow key={kontask.id} kontask={kontask} />
            ))}
          </ul>
        )}
        {pages !== undefined && pages.nextCursor !== null && state === 'ready' && (
          <div>
            <button type="button" className="button" onClick={more}>
              {en.kontasks.more}
            </button>
          </div>
        )}
      </div>
      {opened === 'form' && (
        <KontaskForm
          api={api}
          inbox={inbox}
          scopes={props.scopes}
          onSaved={({ kontask }) => onOpen(kontask.id)}
          onClose={() => setOpened(undefined)}
        />
      )}
      {opened === 'import' && <ImportDialog api={api} inbox={inbox} onClose={() => setOpened(undefined)} />}
    </div>
  );
}

function statusText({ state, pages }: ListState): string {
  if (pages === undefined) return state === 'loading' ? en.kontasks.loading : '';
  const unread = pages.unread === 0 ? '' : ` · ${en.kontasks.unread(pages.unread)}`;
  return `${en.kontasks.found(pages.total)}${unread}`;
}
