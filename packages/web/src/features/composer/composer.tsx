import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useStore } from '../../ui/use-store.ts';
import { AttachmentStrip } from './attachment-strip.tsx';
import { CommandHints } from './command-hints.tsx';
import { ComposerActions, type ComposerRun } from './composer-actions.tsx';
import type { ComposerStore, SendWay } from './composer-store.ts';
import { nextMode, type OptionChoice } from './options/option-choice.ts';
import { OptionRow } from './options/option-row.tsx';
import { type HistoryPlace, historyStep } from './prompt-history.ts';
import { matchingCommands, type SlashCommand } from './slash-commands.ts';

/** How the agent works, as far as a person may choose. */
export interface ComposerOptions {
  readonly choices: readonly OptionChoice[];
  /** Keys of the choices that are being changed. */
  readonly changing: readonly string[];
  readonly problem: string | undefined;
  readonly onChange: (choice: OptionChoice, value: string) => void;
}

interface ComposerProps {
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly store: ComposerStore;
  readonly commands: readonly SlashCommand[];
  readonly options: ComposerOptions;
  /** The person's own prompts of this session, the latest last. */
  readonly history: readonly string[];
  readonly takesImages: boolean;
  readonly run: ComposerRun;
  /** Somebody begins to use it, rather than only coming by. */
  readonly onUse: () => void;
  readonly onStop: () => void;
}

/** Where a person writes: Enter sends, Shift+Enter begins a line; what the agent lets them choose stands below. */
export function Composer(props: ComposerProps): ReactNode {
  const { fieldRef, store, options, history, run } = props;
  const { text, attachments, problems, waitsFor } = useStore(store);
  const [isHintDismissed, setHintDismissed] = useState(false);
  const [active, setActive] = useState(0);
  const [place, setPlace] = useState<HistoryPlace | undefined>(undefined);
  const hintsId = useId();
  const picker = useRef<HTMLInputElement>(null);
  const hints = isHintDismissed ? [] : matchingCommands(text, props.commands);
  const activeHint = hints[Math.min(active, hints.length - 1)];
  const canSend = text.trim() !== '' || attachments.length > 0;

  useLayoutEffect(() => growToContent(fieldRef.current), [fieldRef, text]);

  const write = (next: string): void => {
    setHintDismissed(false);
    setActive(0);
    store.write(next);
  };
  const send = (way: SendWay): void => {
    if (canSend) store.send(way);
  };
  const stop = (): void => {
    props.onStop();
    // The button goes away with the run; the focus should not go with it.
    if (matchMedia('(pointer: fine)').matches) fieldRef.current?.focus();
  };
  const choose = (command: SlashCommand): void => write(`/${command.name} `);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    props.onUse();
    // Enter that ends a composition of characters (Japanese, Chinese) sends nothing.
    if (event.nativeEvent.isComposing) return;
    const isTaken = activeHint !== undefined ? onHintKey(event, activeHint) : onHistoryKey(event) || onModeKey(event);
    if (isTaken) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send((event.ctrlKey || event.metaKey) && run === 'open' ? 'now' : 'in_turn');
    }
  };
  const onHintKey = (event: KeyboardEvent, hint: SlashCommand): boolean => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive((hints.indexOf(hint) + step + hints.length) % hints.length);
    else if (event.key === 'Escape') setHintDismissed(true);
    else if (event.key === 'Tab' || (event.key === 'Enter' && text !== `/${hint.name}`)) choose(hint);
    else return false;
    return true;
  };
  const onHistoryKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return false;
    const caret = event.currentTarget.selectionStart;
    const step = historyStep(event.key, { text, caret, history, place });
    if (step === undefined) return false;
    setPlace(step === 'empty' ? undefined : step);
    write(step === 'empty' ? '' : step.text);
    return true;
  };
  const onModeKey = (event: KeyboardEvent): boolean => {
    if (event.key !== 'Tab' || !event.shiftKey) return false;
    const next = nextMode(options.choices);
    if (next === undefined) return false;
    if (!options.changing.includes(next.choice.key)) options.onChange(next.choice, next.value);
    return true;
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    store.add(event.clipboardData.files);
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send('in_turn');
      }}
    >
      <CommandHints id={hintsId} commands={hints} active={activeHint} onChoose={choose} />
      <AttachmentStrip
        attachments={attachments}
        problems={problems}
        takesImages={props.takesImages}
        onRemove={store.remove}
        onRetry={store.retry}
      />
      <div className="composer-frame">
        <textarea
          ref={fieldRef}
          rows={1}
          value={text}
          aria-label={en.composer.label}
          title={en.composer.hint}
          aria-autocomplete="list"
          aria-controls={activeHint === undefined ? undefined : hintsId}
          aria-activedescendant={activeHint === undefined ? undefined : `${hintsId}-${activeHint.name}`}
          placeholder={run === 'none' ? en.composer.placeholder : en.composer.placeholderBusy}
          enterKeyHint="send"
          onPointerDown={props.onUse}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className="composer-bar">
          <button
            type="button"
            className="icon-button"
            aria-label={en.composer.add}
            title={en.composer.add}
            onClick={() => picker.current?.click()}
          >
            <Icon name="plus" />
          </button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              store.add(event.currentTarget.files ?? []);
              event.currentTarget.value = '';
            }}
          />
          <OptionRow choices={options.choices} changing={options.changing} onChange={options.onChange} />
          <ComposerActions
            run={run}
            canSend={canSend}
            waitsFor={waitsFor}
            onSendNow={() => send('now')}
            onStopWaiting={store.stopWaiting}
            onStop={stop}
          />
        </div>
      </div>
      <p className="field-problem" role="status">
        {options.problem}
      </p>
    </form>
  );
}

/** As tall as its text; the style sheet sets the limit, and does all of it where the browser can: this lays out the page. */
function growToContent(field: HTMLTextAreaElement | null): void {
  if (field === null || CSS.supports('field-sizing: content')) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
