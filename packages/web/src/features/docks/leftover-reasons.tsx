import { type ReactNode, useEffect } from 'react';
import type { ConversationItem, PermissionItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { LeftoverWords } from './leftover-words.tsx';
import type { ReasonDraft } from './reason-drafts.ts';

interface LeftoverReasonsProps {
  /** Of permissions that do not wait any more. */
  readonly drafts: readonly ReasonDraft[];
  readonly items: readonly ConversationItem[];
  readonly onSend: (text: string) => void;
  readonly onForget: (draft: ReasonDraft) => void;
}

/** Reasons that were being written when somebody else answered, or the run ended. */
export function LeftoverReasons({ drafts, items, onSend, onForget }: LeftoverReasonsProps): ReactNode {
  const left = drafts.filter((draft) => !isGiven(draft, items));
  const given = drafts.find((draft) => !left.includes(draft));
  useEffect(() => {
    if (given !== undefined) onForget(given);
  }, [given, onForget]);
  return left.map((draft) => (
    <section key={draft.requestId} className="dock leftover-reason" aria-label={en.permission.leftover}>
      <LeftoverWords
        why={en.permission.overtaken}
        text={draft.text}
        testId="leftover-reason"
        onSend={() => {
          onForget(draft);
          onSend(draft.text.trim());
        }}
        onDiscard={() => onForget(draft)}
      />
    </section>
  ));
}

/** It went with the answer. */
function isGiven({ requestId, text }: ReasonDraft, items: readonly ConversationItem[]): boolean {
  const answered = items.findLast(
    (item): item is PermissionItem => item.type === 'permission' && item.requestId === requestId,
  );
  return answered?.resolution?.message === text.trim();
}
