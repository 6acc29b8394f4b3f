import { type ReactNode, useState } from 'react';
import { type MessageItem, textOfBlock } from '@konui/client';
import * as en from '../../text/en.ts';
import { durationText } from '../../ui/duration.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAsOf, useRunClock } from '../../ui/liveness.ts';
import { MessagePart } from './message-part.tsx';
import { RowMenu } from './row-menu.tsx';
import { messageText, thoughtSummary } from './message-text.ts';

interface ThoughtViewProps {
  readonly item: MessageItem;
  readonly isGrowing: boolean;
  /** ISO 8601 of what came next: until then it was thought. */
  readonly until: string | undefined;
}

/** What the agent thinks: folded, with its first line and how long it took. */
export function ThoughtView({ item, isGrowing, until }: ThoughtViewProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { content } = item;
  const first = content[0];
  const summary = thoughtSummary(first === undefined ? '' : (textOfBlock(first) ?? ''));
  return (
    <details
      className="thought"
      data-testid="thought"
      data-seq={item.key}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="thought-head">
        <Icon name="thought" />
        <span className="thought-time">{isGrowing ? <Thinking since={item.at} /> : thoughtTime(item.at, until)}</span>
        <span className="thought-line">{summary}</span>
        <span className="tool-chevron">
          <Icon name="chevron" />
        </span>
      </summary>
      {isOpen && (
        <div className="thought-text">
          {content.map((block, index) => (
            <MessagePart key={index} block={block} isFinished={!isGrowing || index < content.length - 1} />
          ))}
          {!isGrowing && <RowMenu seq={item.key} text={messageText(content)} />}
        </div>
      )}
    </details>
  );
}

function Thinking({ since }: { since: string }): ReactNode {
  const now = useRunClock(1000);
  const asOf = useAsOf();
  const words = asOf === undefined ? en.thinking.thinking : en.liveness.thinking;
  return <span title={asOf}>{`${words} ${durationText(now - Date.parse(since))}`}</span>;
}

function thoughtTime(since: string, until: string | undefined): string {
  const ms = until === undefined ? Number.NaN : Date.parse(until) - Date.parse(since);
  return ms >= 1000 ? en.thinking.thoughtFor(durationText(ms)) : en.thinking.thought;
}
