import type { PointerEvent, ReactNode } from 'react';
import type { QueuedPrompt } from '@konui/protocol';
import * as en from '../../../text/en.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { originText } from '../../../ui/origin-text.ts';
import { attachmentCount, editableText } from './edited-content.ts';
import { useOwnRights } from '../../../ui/own-rights.ts';

/** While a row is being dragged: itself, or where it would go. */
export type RowMark = '' | 'dragged' | 'drop-before' | 'drop-after';

interface QueueRowProps {
  readonly prompt: QueuedPrompt;
  /** From 1. */
  readonly place: number;
  readonly all: number;
  readonly isRunning: boolean;
  readonly mark: RowMark;
  /** The pointer went down on what the row is dragged by. */
  readonly onGrip: (event: PointerEvent<HTMLElement>) => void;
  /** Stands in place of the words while they are edited. */
  readonly editor: ReactNode;
  readonly onEdit: () => void;
  /** To a place, from 1. */
  readonly onMove: (place: number) => void;
  readonly onRemove: () => void;
  readonly onSendNow: () => void;
}

/** One waiting prompt: its words, who asked, and what can be done with it. */
export function QueueRow(props: QueueRowProps): ReactNode {
  const { prompt, place, all, isRunning, editor } = props;
  const mayChange = useOwnRights().prompt;
  const attachments = attachmentCount(prompt);
  if (editor !== undefined) return <li data-prompt-id={prompt.promptId}>{editor}</li>;
  return (
    <li data-testid="queued-prompt" data-prompt-id={prompt.promptId} className={props.mark}>
      {all > 1 && mayChange && (
        // For a pointer alone; the buttons beside it do the same for everyone.
        <span className="queue-grip" title={en.queue.drag(place)} aria-hidden="true" onPointerDown={props.onGrip}>
          <Icon name="grip" />
        </span>
      )}
      <div className="queue-prompt">
        <p className="queue-text" dir="auto">
          {editableText(prompt)}
        </p>
        <p className="queue-facts">
          <span className="chip">{originText(prompt.origin)}</span>
          {attachments > 0 && <span className="chip">{en.queue.images(attachments)}</span>}
          {prompt.sendNow === true && <span className="chip">{en.queue.isNext}</span>}
        </p>
      </div>
      <div className="queue-actions" hidden={!mayChange}>
        {all > 1 && (
          <>
            <RowButton
              icon="arrowUp"
              label={en.queue.up(place)}
              isOff={place === 1}
              onPress={() => props.onMove(place - 1)}
            />
            <RowButton
              icon="arrowDown"
              label={en.queue.down(place)}
              isOff={place === all}
              onPress={() => props.onMove(place + 1)}
            />
          </>
        )}
        <RowButton icon="pencil" label={en.queue.edit(place)} onPress={props.onEdit} />
        <RowButton icon="trash" label={en.queue.remove(place)} onPress={props.onRemove} />
        <button type="button" className="button send-now" data-control="send" onClick={props.onSendNow}>
          <Icon name="bolt" />
          <span className="send-now-words">
            {en.queue.sendNow}
            {isRunning && <small> {en.queue.stopsRun}</small>}
          </span>
        </button>
      </div>
    </li>
  );
}

interface RowButtonProps {
  readonly icon: IconName;
  readonly label: string;
  /** Shown as disabled, but keeps the focus: the button may be pressed again after the next move. */
  readonly isOff?: boolean;
  readonly onPress: () => void;
}

function RowButton({ icon, label, isOff = false, onPress }: RowButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      data-control={icon}
      onClick={isOff ? undefined : onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
