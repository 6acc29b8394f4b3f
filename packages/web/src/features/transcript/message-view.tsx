import { memo, type ReactNode, useState } from 'react';
import { isStoredText, type MessageBlock, type MessageItem, textOfBlock } from '@konui/client';
import { en } from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { StoredTextView } from '../../ui/stored-text-view.tsx';

interface MessageViewProps {
  readonly item: MessageItem;
  /** Whether more text may follow. */
  readonly isGrowing: boolean;
}

/** What the agent says, or thinks: thoughts are folded. */
export const MessageView = memo(function MessageView({ item, isGrowing }: MessageViewProps): ReactNode {
  if (item.type === 'thought') return <Thought item={item} isGrowing={isGrowing} />;
  return (
    <div className={item.type === 'user_message' ? 'prompt' : 'message'} data-testid={item.type} data-seq={item.key}>
      {item.content.map((block, index) => (
        <Part key={index} block={block} isFinished={!isGrowing || index < item.content.length - 1} />
      ))}
    </div>
  );
});

function Thought({ item, isGrowing }: MessageViewProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="thought" data-testid="thought" data-seq={item.key}>
      <button type="button" className="thought-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name="thought" />
        {isGrowing ? en.conversation.thinking : en.conversation.thought}
        <span className="tool-chevron">
          <Icon name="chevron" />
        </span>
      </button>
      {isOpen && (
        <div className="thought-text">
          {item.content.map((block, index) => (
            <Part key={index} block={block} isFinished={!isGrowing || index < item.content.length - 1} />
          ))}
        </div>
      )}
    </div>
  );
}

function Part({ block, isFinished }: { block: MessageBlock; isFinished: boolean }): ReactNode {
  const text = textOfBlock(block);
  if (text !== undefined) return <Markdown text={text} isFinished={isFinished} />;
  if (isStoredText(block)) return <StoredTextView {...block} label={en.conversation.longText} />;
  return <p className="chip">{block.type === 'image' ? en.conversation.image : en.conversation.resource}</p>;
}
