import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import * as en from '../../../text/en.ts';

interface QueueEditProps {
  readonly text: string;
  readonly isSaving: boolean;
  readonly canSave: boolean;
  readonly onText: (text: string) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

/** The words of a waiting prompt, being edited: Enter saves, Escape gives up. */
export function QueueEdit({ text, isSaving, canSave, onText, onSave, onCancel }: QueueEditProps): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const isSave = event.key === 'Enter' && !event.shiftKey;
    if (!isSave && event.key !== 'Escape') return;
    event.preventDefault();
    // Escape would stop the run.
    event.stopPropagation();
    if (!isSave) onCancel();
    else if (canSave) onSave();
  };
  return (
    <form
      className="queue-edit"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <textarea
        ref={field}
        className="input"
        dir="auto"
        rows={Math.min(6, text.split('\n').length + 1)}
        aria-label={en.queue.editLabel}
        value={text}
        readOnly={isSaving}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="queue-actions">
        <button type="submit" className="button primary" disabled={isSaving || !canSave}>
          {isSaving ? en.queue.saving : en.queue.save}
        </button>
        <button type="button" className="button subtle" onClick={onCancel}>
          {en.queue.cancel}
        </button>
      </div>
    </form>
  );
}
