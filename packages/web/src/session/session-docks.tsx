import { type ReactNode, useCallback } from 'react';
import type { ToolItem } from '@konui/client';
import type { PermissionOption } from '@konui/protocol';
import { PermissionDock } from '../features/docks/permission-dock.tsx';
import { PlanDock } from '../features/docks/plan-dock.tsx';
import { QueueDock } from '../features/docks/queue-dock.tsx';
import { RunStatusLine } from '../features/docks/run-status-line.tsx';
import type { ConversationView } from './conversation-store.ts';

interface SessionDocksProps {
  readonly view: ConversationView;
  readonly isStopAsked: boolean;
  readonly onAnswer: (requestId: string, optionId: string) => void;
}

/** What stands above the composer, in the order in which it matters. */
export function SessionDocks({ view, isStopAsked, onAnswer }: SessionDocksProps): ReactNode {
  const { conversation, answering } = view;
  const { plan, queue, pendingPermissions } = conversation;
  const [permission] = pendingPermissions;
  const requestId = permission?.requestId;
  const answer = useCallback(
    (option: PermissionOption): void => {
      if (requestId !== undefined) onAnswer(requestId, option.optionId);
    },
    [onAnswer, requestId],
  );
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
          onAnswer={answer}
        />
      )}
      {conversation.run !== undefined && plan !== undefined && plan.length > 0 && <PlanDock entries={plan} />}
      {queue.length > 0 && <QueueDock queue={queue} />}
      <RunStatusLine conversation={conversation} isStopAsked={isStopAsked} />
    </>
  );
}
