import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { type PaletteEntry, paletteResults } from './palette-entry.ts';

const PAGE = 8;

/** Goes to any session and does any action, by a few letters of its name. */
export function Palette({ entries, onClose }: { entries: readonly PaletteEntry[]; onClose: () => void }): ReactNode {
  const id = useId();
  const [query, setQuery] = useState('');
  const [place, setPlace] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const results = paletteResults(entries, query);
  const at = Math.min(place, results.length - 1);
  const optionId = (index: number): string => `${id}-${index}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at, query]);

  const choose = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // The page behind has keys of its own for Alt and a digit.
    event.stopPropagation();
    const digit = event.altKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
    const moved = event.altKey || event.ctrlKey ? undefined : nextPlace(event.key, at, results.length);
    if (digit !== undefined) choose(results[Number(digit) - 1]);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(results[at]);
    else if (event.code === 'KeyK' && (event.ctrlKey || event.metaKey)) onClose();
    else if (moved !== undefined) setPlace(moved);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={en.palette.title} onClose={onClose} shape="bare">
      <label className="search palette-field">
        <Icon name="search" />
        <span className="visually-hidden">{en.palette.label}</span>
        <input
          type="text"
          className="input"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={results.length === 0 ? undefined : optionId(at)}
          placeholder={en.palette.placeholder}
          value={query}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the window was opened to write here
          autoFocus
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setPlace(0);
          }}
        />
      </label>
      <ul ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label={en.palette.results}>
        {results.map((entry, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the keys
          <li
            key={entry.id}
            id={optionId(index)}
            className="palette-entry"
            role="option"
            aria-selected={index === at}
            onPointerMove={() => setPlace(index)}
            onClick={() => choose(entry)}
          >
            {entry.mark === undefined ? <Icon name={entry.icon} /> : <Mark mark={entry.mark} />}
            <span className="palette-label">{entry.label}</span>
            {entry.detail !== undefined && <span className="soft palette-detail">{entry.detail}</span>}
            <span className="palette-keys">
              {entry.keys !== undefined && <KeyCaps keys={entry.keys} />}
              {entry.keys === undefined && index < 9 && <KeyCaps keys={`Alt+${index + 1}`} />}
            </span>
          </li>
        ))}
      </ul>
      <p className="soft palette-foot" role="status">
        {results.length === 0 ? en.palette.none : ''}
      </p>
    </Dialog>
  );
}

function Mark({ mark }: { mark: NonNullable<PaletteEntry['mark']> }): ReactNode {
  return (
    <span className={`status-dot ${mark}`} role="img" aria-label={en.palette.mark[mark]}>
      {mark === 'working' ? <span className="spinner" /> : mark === 'needs-you' ? '!' : null}
    </span>
  );
}

function nextPlace(key: string, at: number, length: number): number | undefined {
  if (length === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return (at - 1 + length) % length;
  if (key === 'PageDown') return Math.min(at + PAGE, length - 1);
  return key === 'PageUp' ? Math.max(at - PAGE, 0) : undefined;
}
