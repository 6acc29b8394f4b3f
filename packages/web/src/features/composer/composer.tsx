import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { IMAGE_TYPES } from '@konui/protocol';
import { en } from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { CommandHints } from './command-hints.tsx';
import type { ImageAttachment } from './image-attachment.ts';
import { ImageStrip } from './image-strip.tsx';
import { matchingCommands, type SlashCommand } from './slash-commands.ts';
import type { Images } from './use-images.ts';

interface ComposerProps {
  readonly fieldRef: Ref<HTMLTextAreaElement>;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly images: Images;
  readonly commands: readonly SlashCommand[];
  readonly run: 'none' | 'open' | 'stopping';
  readonly onSend: (text: string, images: readonly ImageAttachment[]) => void;
  readonly onStop: () => void;
}

/** Where a person writes: Enter sends, Shift+Enter begins a line; a run's Stop stands beside Send. */
export function Composer(props: ComposerProps): ReactNode {
  const { text, images, run } = props;
  const [isHintDismissed, setHintDismissed] = useState(false);
  const [active, setActive] = useState(0);
  const hintsId = useId();
  const picker = useRef<HTMLInputElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const hints = isHintDismissed ? [] : matchingCommands(text, props.commands);
  const activeHint = hints[Math.min(active, hints.length - 1)];
  const canSend = text.trim() !== '' || images.list.length > 0;

  useLayoutEffect(() => growToContent(frame.current?.querySelector('textarea')), [text]);

  const write = (next: string): void => {
    setHintDismissed(false);
    setActive(0);
    props.onText(next);
  };
  const send = (): void => {
    if (!canSend) return;
    props.onSend(text, images.list);
    images.clear();
    write('');
  };
  const stop = (): void => {
    props.onStop();
    // The button goes away with the run; the focus should not go with it.
    if (matchMedia('(pointer: fine)').matches) frame.current?.querySelector('textarea')?.focus();
  };
  const choose = (command: SlashCommand): void => write(`/${command.name} `);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // Enter that ends a composition of characters (Japanese, Chinese) sends nothing.
    if (event.nativeEvent.isComposing) return;
    if (activeHint !== undefined) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) setActive((hints.indexOf(activeHint) + step + hints.length) % hints.length);
      else if (event.key === 'Escape') setHintDismissed(true);
      else if (event.key === 'Tab' || (event.key === 'Enter' && text !== `/${activeHint.name}`)) choose(activeHint);
      else if (event.key === 'Enter') return onEnter(event);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Enter') onEnter(event);
  };
  const onEnter = (event: KeyboardEvent): void => {
    if (event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    images.add(event.clipboardData.files);
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <CommandHints id={hintsId} commands={hints} active={activeHint} onChoose={choose} />
      <ImageStrip images={images} />
      <div className="composer-frame" ref={frame}>
        <button
          type="button"
          className="icon-button"
          aria-label={en.composer.addImages}
          title={en.composer.addImages}
          onClick={() => picker.current?.click()}
        >
          <Icon name="image" />
        </button>
        <input
          ref={picker}
          type="file"
          accept={IMAGE_TYPES.join(',')}
          multiple
          hidden
          onChange={(event) => {
            images.add(event.currentTarget.files ?? []);
            event.currentTarget.value = '';
          }}
        />
        <textarea
          ref={props.fieldRef}
          rows={1}
          value={text}
          aria-label={en.composer.label}
          title={en.composer.hint}
          aria-autocomplete="list"
          aria-controls={activeHint === undefined ? undefined : hintsId}
          aria-activedescendant={activeHint === undefined ? undefined : `${hintsId}-${activeHint.name}`}
          placeholder={run === 'none' ? en.composer.placeholder : en.composer.placeholderBusy}
          enterKeyHint="send"
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {run !== 'none' && (
          <button
            type="button"
            className="button danger stop"
            onClick={stop}
            disabled={run === 'stopping'}
            title={`${en.composer.stop} (Esc)`}
          >
            <Icon name="stop" />
            {run === 'stopping' ? en.composer.stopping : en.composer.stop}
          </button>
        )}
        {(run === 'none' || canSend) && (
          <button
            type="submit"
            className="button primary send"
            disabled={!canSend}
            aria-label={en.composer.send}
            title={run === 'none' ? en.composer.send : en.composer.queue}
          >
            <Icon name="arrowUp" />
          </button>
        )}
      </div>
    </form>
  );
}

/** As tall as its text; the style sheet sets the limit. */
function growToContent(field: HTMLTextAreaElement | null | undefined): void {
  if (field === null || field === undefined) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
