import '../../styles/kontasks.css';
import type { KontaskInbox, KontaskLayoutsState, KontasksApi, SessionListState } from '@konui/client';
import type { KontaskAnswer, SessionInfo } from '@konui/protocol';
import { type ReactNode, useCallback, useState } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CommitLink } from './commit-link.tsx';
import { findLayout } from './find-layout.ts';
import { KontaskDetails, KontaskHistory } from './kontask-details.tsx';
import { KontaskHead } from './kontask-head.tsx';
import { OriginalRequest } from './original-request.tsx';
import { QuickActions } from './quick-actions.tsx';
import { ReportFrame } from './report-frame.tsx';
import { repositoryProblem } from './repository-problem.ts';
import { useKontask } from './use-kontask.ts';

export interface KontaskPageProps {
  readonly kontaskId: string;
  readonly api: KontasksApi;
  readonly inbox: Pick<KontaskInbox, 'onChange' | 'expect'>;
  readonly sessions: readonly SessionInfo[];
  readonly sessionsState: SessionListState['state'];
  readonly createSession: (provider: string, projectPath: string) => Promise<string>;
  /** An address that gives the report once. */
  readonly reportAddress: (kontaskId: string) => Promise<string>;
  readonly layouts: KontaskLayoutsState;
  readonly scopes: readonly string[];
  readonly onRemoved: () => void;
}

/** One report or request. */
export function KontaskPage(props: KontaskPageProps): ReactNode {
  const { kontask, reload, show } = useKontask(props.kontaskId, props);
  return (
    <div className="page-scroll">
      <article className="page kontask-page" aria-busy={kontask.state === 'loading'}>
        <Link href="/kontasks" className="kontask-back">
          {en.kontask.back}
        </Link>
        {kontask.state === 'loading' && (
          <p className="soft" role="status">
            {en.kontask.loading}
          </p>
        )}
        {(kontask.state === 'missing' || kontask.state === 'gone') && (
          <p className="card empty" role="status">
            {kontask.state === 'gone' ? en.kontask.gone : en.kontask.notFound}
          </p>
        )}
        {kontask.state === 'failed' && (
          <div className="card empty" role="alert">
            <p>{en.kontask.failed(kontask.why)}</p>
            <button type="button" className="button" onClick={reload}>
              {en.kontask.retry}
            </button>
          </div>
        )}
        {kontask.state === 'ready' && <Shown {...props} answer={kontask.answer} onChanged={show} onTaken={reload} />}
      </article>
    </div>
  );
}

interface ShownProps extends KontaskPageProps {
  readonly answer: KontaskAnswer;
  readonly onChanged: (answer: KontaskAnswer) => void;
  readonly onTaken: () => void;
}

function Shown(props: ShownProps): ReactNode {
  const { answer, api, inbox, layouts, sessions, sessionsState } = props;
  const { kontask, history, actions } = answer;
  const { output, commitSha, choices = [] } = kontask.context;
  const hasOutput = output !== undefined && output !== '';
  const [isSettled, setSettled] = useState(!hasOutput);
  const onSettled = useCallback(() => setSettled(true), []);
  const problem = sessionsState === 'ready' ? repositoryProblem(kontask, sessions) : undefined;
  return (
    <>
      <KontaskHead
        answer={answer}
        api={api}
        inbox={inbox}
        scopes={props.scopes}
        onChanged={props.onChanged}
        onRemoved={props.onRemoved}
      />
      {hasOutput && (
        <Output
          title={kontask.title}
          kontaskId={kontask.id}
          output={output}
          reportAddress={props.reportAddress}
          onSettled={onSettled}
        />
      )}
      <div className="kontask-rest" data-waits={!isSettled}>
        {(choices.length > 0 || actions.length > 0) && (
          <Section title={en.kontask.choices}>
            <QuickActions
              key={kontask.id}
              choices={choices}
              actions={actions}
              choose={(index, options) => api.choose(kontask.id, index, options)}
              onTaken={props.onTaken}
              sessions={sessions}
              createSession={props.createSession}
            />
          </Section>
        )}
        <Section title={en.kontask.request}>
          <OriginalRequest kontask={kontask} found={findLayout(layouts, kontask.type)} />
        </Section>
        <Section title={en.kontask.details}>
          <KontaskDetails kontask={kontask} />
        </Section>
        {commitSha !== undefined && (
          <Section title={en.kontask.commit}>
            <CommitLink
              kontaskId={kontask.id}
              sha={commitSha}
              api={api}
              repository={sessionsState === 'loading' ? 'waiting' : { problem }}
            />
          </Section>
        )}
        <Section title={en.kontask.raw}>
          <CodeBlock text={JSON.stringify(kontask, null, 2)} language="json" />
        </Section>
        <Section title={en.kontask.history}>
          <KontaskHistory history={history} />
        </Section>
      </div>
    </>
  );
}

interface OutputProps extends Pick<KontaskPageProps, 'kontaskId' | 'reportAddress'> {
  readonly title: string;
  readonly output: string;
  readonly onSettled: () => void;
}

function Output({ title, kontaskId, output, reportAddress, onSettled }: OutputProps): ReactNode {
  const [isFailed, setFailed] = useState(false);
  // Another report is another document, and a change of a tag is none.
  // oxlint-disable-next-line react/exhaustive-deps -- the report stands at that address
  const loadAddress = useCallback(() => reportAddress(kontaskId), [reportAddress, kontaskId, output]);
  const openInTab = (): void => {
    loadAddress().then(
      (address) => window.open(address, '_blank', 'noopener'),
      () => setFailed(true),
    );
  };
  return (
    <Section
      title={en.kontask.output}
      action={
        <button type="button" className="button subtle" onClick={openInTab}>
          {en.kontask.openInTab}
        </button>
      }
    >
      {isFailed && (
        <p className="problem" role="alert">
          {en.kontask.outputFailed}
        </p>
      )}
      <ReportFrame title={title} loadAddress={loadAddress} onSettled={onSettled} />
    </Section>
  );
}

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <section className="kontask-section" aria-label={title}>
      <div className="kontask-section-head">
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
