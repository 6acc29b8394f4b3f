import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { enApprove } from '../../text/en-approve.ts';

/** How it stands with the one request that a notification led to. */
export type ApprovalState =
  | { readonly state: 'loading' | 'done' | 'closed' | 'missing' }
  | { readonly state: 'open'; readonly isConnected: boolean }
  /** `what`: the option, where it is known. */
  | { readonly state: 'answered'; readonly who: string; readonly what: string | undefined };

interface ApprovePageProps {
  readonly approval: ApprovalState;
  /** Undefined while the session is not known. */
  readonly context: { readonly title: string; readonly agent: string; readonly folder: string } | undefined;
  readonly sessionId: string | undefined;
  /** The request itself with its answers, while it is open. */
  readonly children?: ReactNode;
}

/** One request, large: what the agent wants to do, all answers, and where it is. */
export function ApprovePage({ approval, context, sessionId, children }: ApprovePageProps): ReactNode {
  return (
    <div className="page-scroll">
      <div className="page approve" data-testid="approve" data-state={approval.state}>
        <header>
          <h1>{context?.title ?? enApprove.title}</h1>
          {context !== undefined && <p className="soft">{enApprove.in(context.agent, context.folder)}</p>}
        </header>
        {approval.state === 'open' ? children : <p role="status">{words(approval)}</p>}
        {approval.state === 'open' && !approval.isConnected && <p className="problem quiet">{enApprove.offline}</p>}
        <p className="approve-links">
          {sessionId !== undefined && approval.state !== 'missing' && (
            <Link href={`/s/${sessionId}`} className="button">
              {enApprove.open}
            </Link>
          )}
          <Link href="/" className="button subtle">
            {enApprove.home}
          </Link>
        </p>
      </div>
    </div>
  );
}

function words(approval: Exclude<ApprovalState, { readonly state: 'open' }>): string {
  switch (approval.state) {
    case 'answered':
      return approval.what === undefined
        ? enApprove.answered(approval.who)
        : enApprove.answeredWith(approval.who, approval.what);
    case 'loading':
    case 'done':
    case 'closed':
    case 'missing':
      return enApprove[approval.state];
  }
}
