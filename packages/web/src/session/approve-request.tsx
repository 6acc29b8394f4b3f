import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { ToolItem } from '@konui/client';
import type { SessionInfo } from '@konui/protocol';
import { ApprovePage } from '../features/approve/approve-page.tsx';
import { PermissionDock } from '../features/docks/permission-dock.tsx';
import { QuestionDock } from '../features/docks/question/question-dock.tsx';
import { agentName, useAgentNames } from '../ui/agent-names.ts';
import { AttachmentContext } from '../ui/attachments.ts';
import { folderName, titleOf } from '../ui/session-words.ts';
import { useStore } from '../ui/use-store.ts';
import { approvalState } from './approval-state.ts';
import type { SessionServices } from './session-services.ts';

interface ApproveRequestProps {
  readonly services: Pick<SessionServices, 'api' | 'answers' | 'conversations' | 'reasons'>;
  readonly requestId: string;
  readonly sessionId: string;
  readonly session: SessionInfo | undefined;
}

/** The one permission or question that a notification led to, with the answers that its session would show. */
export function ApproveRequest({ services, requestId, sessionId, session }: ApproveRequestProps): ReactNode {
  const { api, answers, conversations, reasons } = services;
  const [store] = useState(() => conversations.of(sessionId));
  const [hasAnswered, setAnswered] = useState(false);
  useEffect(() => store.open(), [store]);
  const view = useStore(store);
  const names = useAgentNames();
  const reason = useStore(reasons).find((draft) => draft.requestId === requestId)?.text ?? '';
  const { conversation, answering } = view;
  const permission = conversation.pendingPermissions.find((pending) => pending.requestId === requestId);
  const question = conversation.pendingElicitations.find((pending) => pending.requestId === requestId);
  const fetchAttachment = useCallback((sha256: string) => api.sessions.attachment(sessionId, sha256), [api, sessionId]);
  const context =
    session === undefined
      ? undefined
      : { title: titleOf(session), agent: agentName(names, session.provider), folder: folderName(session.projectPath) };
  return (
    <AttachmentContext.Provider value={fetchAttachment}>
      <ApprovePage approval={approvalState(view, requestId, hasAnswered)} context={context} sessionId={sessionId}>
        {permission !== undefined && (
          <PermissionDock
            permission={permission}
            tool={conversation.items.findLast(
              (item): item is ToolItem => item.type === 'tool' && item.toolCallId === permission.toolCall.toolCallId,
            )}
            others={0}
            isAnswering={answering.has(requestId)}
            reason={reason}
            onReason={(text) => reasons.write({ sessionId, requestId, text })}
            onAnswer={(option, message) => {
              setAnswered(true);
              store.answer(requestId, option.optionId, message);
            }}
            onSay={store.send}
          />
        )}
        {question !== undefined && (
          <QuestionDock
            question={question}
            others={0}
            hasKeys
            isAnswering={answering.has(requestId)}
            drafts={answers}
            onAnswer={(reply) => {
              setAnswered(true);
              store.answerQuestion(requestId, reply);
            }}
          />
        )}
      </ApprovePage>
    </AttachmentContext.Provider>
  );
}
