import '../../styles/kontasks.css';
import '../../styles/layouts.css';
import type { KontaskInbox, KontaskLayoutsState, KontasksApi, LayoutsApi } from '@konui/client';
import type { KontaskLayoutsAnswer } from '@konui/protocol';
import { type ReactNode, useCallback, useState } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import type { LayoutDrafts } from './layout-drafts.ts';
import { LayoutEditor } from './layout-editor.tsx';
import { layoutRows, LayoutTypes } from './layout-types.tsx';
import type { LayoutsQuery } from './layouts-address.ts';
import { useFacets } from './use-facets.ts';

export interface LayoutsPageProps {
  readonly query: LayoutsQuery;
  readonly onQuery: (query: LayoutsQuery) => void;
  readonly layouts: KontaskLayoutsState;
  readonly onRetry: () => void;
  readonly api: LayoutsApi;
  readonly kontasks: Pick<KontasksApi, 'list' | 'get' | 'facets'>;
  readonly inbox: Pick<KontaskInbox, 'subscribe'>;
  readonly drafts: LayoutDrafts;
}

/** The layouts that there are, what is wrong with them, and a place to try one out (B6). */
export function LayoutsPage(props: LayoutsPageProps): ReactNode {
  const { layouts, onRetry } = props;
  return (
    <div className="page-scroll">
      <div className="page layouts-page">
        <Link href="/kontasks" className="kontask-back">
          {en.layouts.back}
        </Link>
        <h1>{en.layouts.title}</h1>
        <p className="soft">{en.layouts.lead}</p>
        {layouts.state === 'loading' && (
          <p className="soft" role="status">
            {en.layouts.loading}
          </p>
        )}
        {layouts.state === 'failed' && (
          <div className="card empty" role="alert">
            <p>{en.layouts.failed(layouts.why)}</p>
            <button type="button" className="button" onClick={onRetry}>
              {en.layouts.retry}
            </button>
          </div>
        )}
        {layouts.state === 'ready' && <Shown {...props} answer={layouts.answer} />}
      </div>
    </div>
  );
}

function Shown(props: LayoutsPageProps & { answer: KontaskLayoutsAnswer }): ReactNode {
  const { answer, query, onQuery, kontasks, drafts } = props;
  const [unsaved, setUnsaved] = useState(() => drafts.types());
  const onKept = useCallback(
    () => setUnsaved((now) => (now.join('\n') === drafts.types().join('\n') ? now : drafts.types())),
    [drafts],
  );
  const { types } = useFacets(kontasks, props.inbox);
  const type = query.type ?? layoutRows(answer, [...types, ...unsaved], undefined)[0]?.type;
  return (
    <>
      <p className="layout-folder breaks">
        {en.layouts.folder} <code>{answer.folder}</code>
      </p>
      {answer.problems
        .filter((each) => each.type === undefined)
        .map(({ file, problem }) => (
          <p key={file} className="problem breaks" role="alert">
            {en.layouts.brokenFile(file, problem)}
          </p>
        ))}
      <div className="layout-columns">
        <LayoutTypes
          answer={answer}
          types={types}
          unsaved={unsaved}
          current={type}
          onType={(next) => onQuery({ type: next, kontaskId: undefined })}
        />
        {type === undefined ? (
          <p className="soft">{en.layouts.empty}</p>
        ) : (
          <LayoutEditor
            key={type}
            type={type}
            kontaskId={query.kontaskId}
            onKontask={(kontaskId) => onQuery({ type, kontaskId })}
            answer={answer}
            api={props.api}
            kontasks={kontasks}
            drafts={drafts}
            onKept={onKept}
          />
        )}
      </div>
    </>
  );
}
