import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PromptInput } from '@konui/client';
import type { QueuedPrompt, QueueHold } from '@konui/protocol';
import * as en from '../../../text/en.ts';
import { Icon } from '../../../ui/icon.tsx';
import { LeftoverWords } from '../leftover-words.tsx';
import { editableText, editedContent } from './edited-content.ts';
import { holdText } from './hold-text.ts';
import { QueueEdit } from './queue-edit.tsx';
import { promptBehind } from './queue-moves.ts';
import type { QueueChange, QueueOutcome } from './queue-outcome.ts';
import { QueueRow, type RowMark } from './queue-row.tsx';
import { RemovedNotice } from './removed-notice.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { type RowDrag, useRowDrag } from './use-row-drag.ts';
import { useOwnRights } from '../../../ui/own-rights.ts';

interface QueueDockProps {
  readonly queue: readonly QueuedPrompt[];
  readonly hold: QueueHold | undefined;
  readonly isRunning: boolean;
  readonly onChange: (change: QueueChange) => Promise<QueueOutcome>;
  readonly onSendAsNew: (content: PromptInput) => void;
  /** Queues a prompt anew and moves it before another one (null: it stays at the end). */
  readonly onRequeue: (content: PromptInput, before: string | null) => void;
  /** The control that had the focus is gone. */
  readonly onFocusLost: () => void;
}

interface Removed {
  readonly prompts: readonly QueuedPrompt[];
  /** The prompt that stood behind them. */
  readonly before: string | null;
}

interface Edit {
  readonly prompt: QueuedPrompt;
  readonly text: string;
  readonly isSaving: boolean;
}

/** Prompts that wait: why, in which order, and everything that can be done with them. */
export function QueueDock(props: QueueDockProps): ReactNode {
  const { queue, hold, isRunning, onChange, onSendAsNew, onFocusLost } = props;
  const mayChange = useOwnRights().prompt;
  const [edit, setEdit] = useState<Edit | undefined>(undefined);
  const [removed, setRemoved] = useState<Removed | undefined>(undefined);
  const [notice, setNotice] = useState('');
  /** What only a screen reader has to be told. */
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  useKeptFocus(list, queue, onFocusLost);
  const request = async (change: QueueChange): Promise<boolean> => {
    const outcome = await onChange(change);
    setNotice(noticeOf(outcome));
    return outcome.state === 'done';
  };
  const move = async (promptId: string, from: number, place: number): Promise<void> => {
    const isDone = await request({ action: 'move', promptId, before: promptBehind(queue, from, place - 1) });
    setSaid(isDone ? en.queue.moved(place, queue.length) : '');
  };
  const { drag, begin } = useRowDrag(list, (promptId, from, to) => void move(promptId, from, to + 1));
  useEffect(() => {
    if (removed === undefined) return;
    const timer = setTimeout(() => setRemoved(undefined), UNDO_MS);
    return () => clearTimeout(timer);
  }, [removed]);

  const isLeftover = edit !== undefined && !edit.isSaving && !queue.some((each) => isSame(each, edit.prompt));

  const remove = async (prompt: QueuedPrompt, index: number): Promise<void> => {
    const isDone = await request({ action: 'remove', promptId: prompt.promptId });
    if (isDone) setRemoved({ prompts: [prompt], before: queue[index + 1]?.promptId ?? null });
  };
  const removeAll = async (): Promise<void> => {
    const outcomes = await Promise.all(queue.map(({ promptId }) => onChange({ action: 'remove', promptId })));
    setNotice(noticeOf(outcomes.find(({ state }) => state !== 'done') ?? { state: 'done' }));
    const prompts = queue.filter((_, index) => outcomes[index]?.state === 'done');
    if (prompts.length > 0) setRemoved({ prompts, before: null });
    // The button went with the list.
    if (document.activeElement === document.body) onFocusLost();
  };
  const undo = ({ prompts, before }: Removed): void => {
    setRemoved(undefined);
    for (const { content } of prompts) {
      // Without a run it would not wait but begin: the button says that it sends.
      if (isRunning) props.onRequeue([...content], before);
      else onSendAsNew([...content]);
    }
    if (isRunning) setSaid(en.queue.undone(prompts.length));
  };
  const save = async ({ prompt, text }: Edit): Promise<void> => {
    const content = editedContent(prompt, text);
    if (content === undefined) return;
    setEdit({ prompt, text, isSaving: true });
    const isDone = await request({ action: 'edit', promptId: prompt.promptId, content });
    setEdit(isDone ? undefined : { prompt, text, isSaving: false });
  };

  if (queue.length === 0 && !isLeftover && removed === undefined) return null;
  return (
    <section
      className={`dock queue ${hold === undefined ? '' : 'held'}`}
      aria-label={en.queue.title}
      data-testid="queue"
      data-hold={hold?.reason}
    >
      {queue.length > 0 && (
        <header className="queue-head">
          <div className="queue-words" role="status">
            <h2>{en.queue.waiting(queue.length)}</h2>
            {hold !== undefined && <p data-testid="queue-hold">{holdText(hold)}</p>}
          </div>
          {mayChange && queue.length > 1 && (
            <button type="button" className="button subtle" onClick={() => void removeAll()}>
              {en.queue.removeAll}
            </button>
          )}
          {mayChange && <HoldButton isHeld={hold !== undefined} onChange={(change) => void request(change)} />}
        </header>
      )}
      <ol ref={list} aria-label={en.queue.list}>
        {queue.map((prompt, index) => (
          <QueueRow
            key={prompt.promptId}
            prompt={prompt}
            place={index + 1}
            all={queue.length}
            isRunning={isRunning}
            mark={markOf(drag, prompt.promptId, index)}
            onGrip={(event) => begin(event, prompt.promptId)}
            editor={
              edit !== undefined && isSame(edit.prompt, prompt) ? (
                <QueueEdit
                  text={edit.text}
                  isSaving={edit.isSaving}
                  canSave={editedContent(prompt, edit.text) !== undefined}
                  onText={(text) => setEdit({ prompt, text, isSaving: false })}
                  onSave={() => void save(edit)}
                  onCancel={() => setEdit(undefined)}
                />
              ) : undefined
            }
            onEdit={() => setEdit({ prompt, text: editableText(prompt), isSaving: false })}
            onMove={(place) => void move(prompt.promptId, index, place)}
            onRemove={() => void remove(prompt, index)}
            onSendNow={() => void request({ action: 'send_now', promptId: prompt.promptId })}
          />
        ))}
      </ol>
      {isLeftover && (
        <LeftoverWords
          why={en.queue.gone}
          testId="queue-leftover"
          text={edit.text}
          onSend={() => {
            onSendAsNew(editedContent(edit.prompt, edit.text) ?? edit.text);
            setEdit(undefined);
          }}
          onDiscard={() => setEdit(undefined)}
        />
      )}
      {removed !== undefined && (
        <RemovedNotice
          count={removed.prompts.length}
          isRunning={isRunning}
          onUndo={() => undo(removed)}
          onDismiss={() => setRemoved(undefined)}
        />
      )}
      <p className="queue-notice" role="status" data-testid="queue-notice">
        {notice}
      </p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </section>
  );
}

/** Long enough to notice a wrong press, short enough not to be in the way. */
const UNDO_MS = 20_000;

/** How a row is drawn while another is dragged over it. */
function markOf(drag: RowDrag | undefined, promptId: string, index: number): RowMark {
  if (drag === undefined) return '';
  if (drag.promptId === promptId) return 'dragged';
  if (drag.to !== index || drag.to === drag.from) return '';
  return drag.to < drag.from ? 'drop-before' : 'drop-after';
}

function HoldButton({ isHeld, onChange }: { isHeld: boolean; onChange: (change: QueueChange) => void }): ReactNode {
  return (
    <button
      type="button"
      className={`button ${isHeld ? 'primary' : ''}`}
      onClick={() => onChange({ action: isHeld ? 'resume' : 'hold' })}
    >
      <Icon name={isHeld ? 'play' : 'pause'} />
      {isHeld ? en.queue.goOn : en.queue.hold}
    </button>
  );
}

function isSame(one: QueuedPrompt, other: QueuedPrompt): boolean {
  return one.promptId === other.promptId;
}

function noticeOf(outcome: QueueOutcome): string {
  switch (outcome.state) {
    case 'done':
      return '';
    case 'stale':
      return en.queue.changedByOthers;
    case 'not_queued':
      return en.queue.notQueued;
    case 'failed':
      return en.queue.failed(outcome.message);
  }
}
