import { memo, type ReactNode } from 'react';
import type { MessageItem } from '@konui/client';
import { MessagePart } from './message-part.tsx';
import { messageText } from './message-text.ts';
import { RowMenu } from './row-menu.tsx';
import { ThoughtView } from './thought-view.tsx';

interface MessageViewProps {
  readonly item: MessageItem;
  /** Whether more text may follow. */
  readonly isGrowing: boolean;
  /** ISO 8601 of what came next. */
  readonly until?: string | undefined;
}

/** What the agent says, or thinks: thoughts are folded. */
export const MessageView = memo(function MessageView({ item, isGrowing, until }: MessageViewProps): ReactNode {
  if (item.type === 'thought') return <ThoughtView item={item} isGrowing={isGrowing} until={until} />;
  const { content } = item;
  return (
    <div className={item.type === 'user_message' ? 'prompt' : 'message'} data-testid={item.type} data-seq={item.key}>
      {content.map((block, index) => (
        <MessagePart key={index} block={block} isFinished={!isGrowing || index < content.length - 1} />
      ))}
      {!isGrowing && <RowMenu seq={item.key} text={messageText(content)} />}
    </div>
  );
});
