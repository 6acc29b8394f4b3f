import { memo, type ReactNode, type Ref, useMemo, useRef } from 'react';
import type { ConversationItem, PromptItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { EarlierRows } from './earlier-rows.tsx';
import { MessageView } from './message-view.tsx';
import { PermissionLine } from './permission-line.tsx';
import { PromptBubble } from './prompt-bubble.tsx';
import { QuestionLine } from './question-line.tsx';
import { RunEndView } from './run-end-view.tsx';
import { ToolGroup } from './tool-group.tsx';
import { isSameRow, type TranscriptRow, transcriptRows } from './transcript-rows.ts';
import { useMomentRow } from './use-moment-row.ts';
import { useRowWindow } from './use-row-window.ts';
import { useScrollPosition } from './use-scroll-position.ts';

interface TranscriptProps {
  readonly scrollerRef: Ref<HTMLDivElement>;
  readonly items: readonly ConversationItem[];
  readonly isRunning: boolean;
  /** Sends a prompt's content anew. After a used-up quota the dock above the composer offers it. */
  readonly onTryAgain: (prompt: PromptItem) => void;
  /** Loads what was before the first item; called when a reader comes near to it. */
  readonly onEarlier?: (() => void) | undefined;
  /** Something was before the first item. Default: false. */
  readonly hasEarlier?: boolean;
  /** What was before is on its way. Default: false. */
  readonly isLoadingEarlier?: boolean;
  /** The seq of a moment to go to, once its item is there. */
  readonly at?: number | undefined;
  /** What stands below the last item: prompts on their way, the empty state. */
  readonly children: ReactNode;
}

/**
 * The conversation. Its scroller runs from the bottom (`column-reverse`), so that the browser itself keeps it at
 * the end while text streams in, and keeps it still when a person has scrolled up.
 */
export function Transcript(props: TranscriptProps): ReactNode {
  const rows = useMemo(() => transcriptRows(props.items), [props.items]);
  const scroll = useScrollPosition();
  const column = useRef<HTMLDivElement>(null);
  const { firstRow, showEarlier, showRow } = useRowWindow(rows, scroll.isAtEnd);
  useMomentRow(props.at, { column, rows, firstRow, showRow });
  const { onEarlier, hasEarlier = false, isLoadingEarlier = false } = props;
  const earlier = firstRow > 0 ? showEarlier : hasEarlier ? onEarlier : undefined;
  const lastItem = props.items.at(-1);
  const lastRow = rows.at(-1);
  return (
    <div className="transcript">
      <div
        className="transcript-scroller"
        ref={scroll.attach(props.scrollerRef)}
        onScroll={scroll.onScroll}
        role="log"
        aria-live="off"
        aria-label={en.conversation.log}
        tabIndex={0}
      >
        <div className="transcript-column" ref={column}>
          {earlier !== undefined && (
            <EarlierRows
              state={`${rows[0]?.item.key} ${rows[firstRow]?.item.key}`}
              onEarlier={earlier}
              isLoading={firstRow === 0 && isLoadingEarlier}
            />
          )}
          {rows.slice(firstRow).map((row, index) => (
            <RowView
              key={row.item.key}
              row={row}
              until={rows[firstRow + index + 1]?.item.at}
              isGrowing={props.isRunning && (row.type === 'group' ? row === lastRow : row.item === lastItem)}
              onTryAgain={
                !props.isRunning && row.type === 'ending' && row.isLatest && row.facts.limit === undefined
                  ? props.onTryAgain
                  : undefined
              }
            />
          ))}
          {props.children}
        </div>
      </div>
      {!scroll.isAtEnd && (
        <button type="button" className="button to-latest" onClick={scroll.toEnd}>
          <Icon name="arrowDown" />
          {en.conversation.latest}
        </button>
      )}
    </div>
  );
}

interface RowViewProps {
  readonly row: TranscriptRow;
  /** ISO 8601 of the row after it. */
  readonly until: string | undefined;
  readonly isGrowing: boolean;
  readonly onTryAgain: ((prompt: PromptItem) => void) | undefined;
}

const RowView = memo(
  function RowView({ row, until, isGrowing, onTryAgain }: RowViewProps): ReactNode {
    if (row.type === 'group') return <ToolGroup steps={row.steps} isOver={row.isOver} isGrowing={isGrowing} />;
    if (row.type === 'ending') {
      const { prompt } = row;
      return (
        <RunEndView
          item={row.item}
          facts={row.facts}
          onTryAgain={prompt !== undefined && onTryAgain !== undefined ? () => onTryAgain(prompt) : undefined}
        />
      );
    }
    return itemNode(row.item, isGrowing, until);
  },
  (before, after) =>
    isSameRow(before.row, after.row) &&
    before.until === after.until &&
    before.isGrowing === after.isGrowing &&
    before.onTryAgain === after.onTryAgain,
);

function itemNode(
  item: Extract<TranscriptRow, { type: 'item' }>['item'],
  isGrowing: boolean,
  until: string | undefined,
): ReactNode {
  switch (item.type) {
    case 'prompt':
      return <PromptBubble origin={item.origin} content={item.content} seq={item.key} />;
    case 'message':
    case 'thought':
    case 'user_message':
      return <MessageView item={item} isGrowing={isGrowing} until={until} />;
    case 'permission':
      return <PermissionLine item={item} />;
    case 'elicitation':
      return <QuestionLine item={item} />;
    case 'error':
      return (
        <p className="problem" data-seq={item.key}>
          {item.message}
        </p>
      );
    case 'limit':
      return (
        <p className="problem" data-seq={item.key}>
          {item.message === '' ? en.run.limitReached : item.message}
        </p>
      );
    case 'retrying':
      return (
        <p className="line-note" data-seq={item.key}>
          <Icon name="repeat" />
          {en.conversation.retrying(item.message)}
        </p>
      );
    case 'command_rejected':
      return (
        <p className="line-note" data-seq={item.key}>
          <Icon name="cross" />
          {en.rejected.other(item.code, item.message)}
        </p>
      );
    case 'unknown':
      return null;
  }
}
