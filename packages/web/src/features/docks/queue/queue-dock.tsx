import { type ReactNode, useRef, useState } from 'react';
import type { PromptInput } from '@konui/client';
import type { QueuedPrompt, QueueHold } from '@konui/protocol';
import { en } from '../../../text/en.ts';
import { Icon } from '../../../ui/icon.tsx';
import { editableText, editedContent } from './edited-content.ts';
import { holdText } from './hold-text.ts';
import { LeftoverEdit } from './leftover-edit.tsx';
import { QueueEdit } from './queue-edit.tsx';
import { promptBehind } from './queue-moves.ts';
import type { QueueChange, QueueOutcome } from './queue-outcome.ts';
import { QueueRow } from './queue-row.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

interface QueueDockProps {
  readonly queue: readonly QueuedPrompt[];
  readonly hold: QueueHold | undefined;
  readonly isRunning: boolean;
  readonly onChange: (change: QueueChange) => Promise<QueueOutcome>;
  readonly onSendAsNew: (content: PromptInput) => void;
  /** The control that had the focus is gone. */
  readonly onFocusLost: () => void;
}

interface Edit {
  readonly prompt: QueuedPrompt;
  readonly text: string;
  readonly isSaving: boolean;
}

/** Prompts that wait: why, in which order, and everything that can be done with them. */
export function QueueDock({ queue, hold, isRunning, onChange, onSendAsNew, onFocusLost }: QueueDockProps): ReactNode {
  const [edit, setEdit] = useState<Edit | undefined>(undefined);
  const [notice, setNotice] = useState('');
  /** What only a screen reader has to be told. */
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  useKeptFocus(list, queue, onFocusLost);

  const isLeftover = edit !== undefined && !edit.isSaving && !queue.some((each) => isSame(each, edit.prompt));
  if (queue.length === 0 && !isLeftover) return null;

  const request = async (change: QueueChange): Promise<boolean> => {
    const outcome = await onChange(change);
    setNotice(noticeOf(outcome));
    return outcome.state === 'done';
  };
  const move = async (promptId: string, from: number, place: number): Promise<void> => {
    const isDone = await request({ action: 'move', promptId, before: promptBehind(queue, from, place - 1) });
    setSaid(isDone ? en.queue.moved(place, queue.length) : '');
  };
  const save = async ({ prompt, text }: Edit): Promise<void> => {
    const content = editedContent(prompt, text);
    if (content === undefined) return;
    setEdit({ prompt, text, isSaving: true });
    const isDone = await request({ action: 'edit', promptId: prompt.promptId, content });
    setEdit(isDone ? undefined : { prompt, text, isSaving: false });
  };

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
          <HoldButton isHeld={hold !== undefined} onChange={(change) => void request(change)} />
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
            onRemove={() => void request({ action: 'remove', promptId: prompt.promptId })}
            onSendNow={() => void request({ action: 'send_now', promptId: prompt.promptId })}
          />
        ))}
      </ol>
      {isLeftover && (
        <LeftoverEdit
          text={edit.text}
          onSend={() => {
            onSendAsNew(editedContent(edit.prompt, edit.text) ?? edit.text);
            setEdit(undefined);
          }}
          onDiscard={() => setEdit(undefined)}
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
