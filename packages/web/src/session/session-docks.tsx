import { type ReactNode, useCallback } from 'react';
import type { ElicitationReply, PromptItem, ToolItem } from '@konui/client';
import type { PermissionOption, SessionChange, SessionInfo } from '@konui/protocol';
import { LimitDock } from '../features/docks/limit/limit-dock.tsx';
import { sessionNotice } from '../features/docks/notice/session-notice.ts';
import { NoticeDock } from '../features/docks/notice/notice-dock.tsx';
import { OutboxDock } from '../features/docks/outbox-dock.tsx';
import { LeftoverReasons } from '../features/docks/leftover-reasons.tsx';
import { PermissionDock } from '../features/docks/permission-dock.tsx';
import { PlanDock } from '../features/docks/plan-dock.tsx';
import { QuestionDock } from '../features/docks/question/question-dock.tsx';
import { QueueDock } from '../features/docks/queue/queue-dock.tsx';
import type { ConversationStore } from './conversation-store.ts';
import type { ConversationView } from './conversation-view.ts';
import type { SessionServices } from './session-services.ts';
import { useOwnRights } from '../ui/own-rights.ts';
import type { ReasonDraft } from '../features/docks/reason-drafts.ts';
import { useStore } from '../ui/use-store.ts';

export interface SessionDocksProps {
  readonly view: ConversationView;
  readonly store: Pick<ConversationStore, 'answer' | 'answerQuestion' | 'changeQueue' | 'requeue' | 'resume' | 'send'>;
  readonly session: SessionInfo | undefined;
  readonly sessionId: string;
  readonly services: Pick<SessionServices, 'answers' | 'api' | 'reasons'>;
  /** Rejects where the session could not be changed. */
  readonly onChange: (change: SessionChange) => Promise<void>;
  readonly onFocusComposer: () => void;
}

/** What stands above the composer, in the order in which it matters. */
export function SessionDocks(props: SessionDocksProps): ReactNode {
  const { view, store, services, sessionId } = props;
  const { conversation, answering } = view;
  const { run, plan, queue, queueHold, pendingPermissions, pendingElicitations } = conversation;
  const [permission] = pendingPermissions;
  const [question] = pendingElicitations;
  const permissionId = permission?.requestId;
  const questionId = question?.requestId;
  const { answer, answerQuestion } = store;
  const answerPermission = useCallback(
    (option: PermissionOption, message?: string): void => {
      if (permissionId !== undefined) answer(permissionId, option.optionId, message);
    },
    [answer, permissionId],
  );
  const reply = useCallback(
    (given: ElicitationReply): void => {
      if (questionId !== undefined) answerQuestion(questionId, given);
    },
    [answerQuestion, questionId],
  );
  const { write } = services.reasons;
  const reasons = useStore(services.reasons).filter((draft) => draft.sessionId === sessionId);
  const forgetReason = useCallback((draft: ReasonDraft): void => write({ ...draft, text: '' }), [write]);
  const isPending = ({ requestId }: ReasonDraft): boolean =>
    pendingPermissions.some((pending) => pending.requestId === requestId);
  return (
    <>
      {permission !== undefined && (
        <PermissionDock
          key={permission.requestId}
          permission={permission}
          tool={conversation.items.findLast(
            (item): item is ToolItem => item.type === 'tool' && item.toolCallId === permission.toolCall.toolCallId,
          )}
          others={pendingPermissions.length - 1}
          isAnswering={answering.has(permission.requestId)}
          reason={reasons.find(({ requestId }) => requestId === permission.requestId)?.text ?? ''}
          onReason={(text) => write({ sessionId, requestId: permission.requestId, text })}
          onAnswer={answerPermission}
          onSay={store.send}
        />
      )}
      {view.phase === 'ready' && (
        <LeftoverReasons
          drafts={reasons.filter((draft) => !isPending(draft))}
          items={conversation.items}
          onSend={store.send}
          onForget={forgetReason}
        />
      )}
      {question !== undefined && (
        <QuestionDock
          key={question.requestId}
          question={question}
          others={pendingElicitations.length - 1}
          hasKeys={permission === undefined}
          isAnswering={answering.has(question.requestId)}
          drafts={services.answers}
          onAnswer={reply}
        />
      )}
      {plan !== undefined && plan.length > 0 && <PlanDock entries={plan} isRunning={run !== undefined} />}
      <QueueDock
        queue={queue.filter(({ hasBegun }) => hasBegun !== true)}
        hold={queueHold}
        isRunning={run !== undefined}
        onChange={store.changeQueue}
        onSendAsNew={store.send}
        onRequeue={store.requeue}
        onFocusLost={props.onFocusComposer}
      />
      <SessionLimit {...props} />
      <OutboxDock pending={view.pending} isConnected={view.isConnected} />
      <SessionNoticeDock {...props} />
    </>
  );
}

function SessionNoticeDock({ view, store, session, services, onChange }: SessionDocksProps): ReactNode {
  const { conversation } = view;
  const may = useOwnRights();
  const prompt = conversation.items.findLast((item): item is PromptItem => item.type === 'prompt');
  return (
    <NoticeDock
      notice={sessionNotice(conversation, session)}
      onUnarchive={() => onChange({ archived: false })}
      onResume={store.resume}
      onSignIn={
        session === undefined || !may.manage
          ? undefined
          : (methodId) => services.api.agents.authenticate(session.provider, methodId)
      }
      onSendAgain={prompt === undefined || !may.prompt ? undefined : () => store.send([...prompt.content])}
    />
  );
}

function SessionLimit({ view, store, session, onChange }: SessionDocksProps): ReactNode {
  const may = useOwnRights();
  const { limit, run, items } = view.conversation;
  if (limit === undefined || run !== undefined || session === undefined) return null;
  const prompt = items.findLast(
    (item): item is PromptItem => item.type === 'prompt' && item.promptId === limit.promptId,
  );
  return (
    <LimitDock
      limit={limit}
      resumesAt={session.limit?.resumesAt ?? undefined}
      resumesByItself={session.resumeAfterLimit}
      onResumeByItself={(resumeAfterLimit) => onChange({ resumeAfterLimit })}
      onSendAgain={prompt === undefined || !may.prompt ? undefined : () => store.send([...prompt.content])}
    />
  );
}
