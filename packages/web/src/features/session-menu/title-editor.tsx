import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import * as en from '../../text/en.ts';

interface TitleEditorProps {
  readonly title: string;
  /** An empty text gives the session back the title that the agent chose. */
  readonly onSave: (title: string) => void;
  readonly onCancel: () => void;
}

/** As long as a session's title may be. */
const MAX_LENGTH = 200;

/** The session's title as a field: Enter saves, Escape gives up. */
export function TitleEditor({ title, onSave, onCancel }: TitleEditorProps): ReactNode {
  const [text, setText] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const save = (): void => {
    if (text.trim() === title) onCancel();
    else onSave(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    // Escape would stop the run.
    event.stopPropagation();
    onCancel();
  };
  return (
    <form
      className="title-editor"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <input
        ref={field}
        className="input"
        aria-label={en.header.titleLabel}
        value={text}
        maxLength={MAX_LENGTH}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="button primary">
        {en.header.save}
      </button>
      <button type="button" className="button subtle" onClick={onCancel}>
        {en.header.cancel}
      </button>
    </form>
  );
}
