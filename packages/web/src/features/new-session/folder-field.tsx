import { type ReactNode, useEffect, useId, useState } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { folderName } from '../../ui/session-words.ts';
import { completionOf, type ListFolders } from './folder-listing.ts';
import { FolderPicker } from './folder-picker.tsx';

/** Wait for a pause in typing before asking for folders. */
const PAUSE_MS = 120;
const MAX_SUGGESTIONS = 50;

interface FolderFieldProps {
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly recent: readonly string[];
  readonly listFolders: ListFolders;
  readonly problem: string | undefined;
  /** Makes the folder that is missing; undefined where it cannot help. */
  readonly onCreate?: (() => void) | undefined;
}

/** A folder on the agent host: typed with completion, picked, or one of the last used. */
export function FolderField(props: FolderFieldProps): ReactNode {
  const { value, onChange, listFolders } = props;
  const id = useId();
  const [isPicking, setPicking] = useState(false);
  const { suggestions, isGit } = useFolderFacts(value, listFolders);
  return (
    <div className="field">
      <label htmlFor={id}>{en.newSession.folder}</label>
      <div className="folder-input">
        <input
          id={id}
          className="input"
          value={value}
          list={`${id}-suggestions`}
          placeholder="/home/me/project"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby={`${id}-hint${props.problem === undefined ? '' : ` ${id}-problem`}`}
          aria-invalid={props.problem !== undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <datalist id={`${id}-suggestions`}>
          {suggestions.map((path) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </datalist>
        <button type="button" className="button" onClick={() => setPicking(true)}>
          <Icon name="folder" />
          {en.newSession.choose}
        </button>
      </div>
      <p className="hint" id={`${id}-hint`}>
        {isGit && <span className="chip">{en.setup.gitRepository}</span>} {en.newSession.folderHint}
      </p>
      {props.problem !== undefined && (
        <p className="problem" id={`${id}-problem`} role="alert">
          {props.problem}{' '}
          {props.onCreate !== undefined && (
            <button type="button" className="button" onClick={props.onCreate}>
              {en.newSession.createFolder}
            </button>
          )}
        </p>
      )}
      {props.recent.length > 0 && (
        <ul className="recent-folders" aria-label={en.newSession.recent}>
          {props.recent.map((path) => (
            <li key={path}>
              <button
                type="button"
                className="filter-chip"
                title={path}
                aria-pressed={path === value}
                onClick={() => onChange(path)}
              >
                {folderName(path)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {isPicking && (
        <FolderPicker
          start={value}
          listFolders={listFolders}
          onClose={() => setPicking(false)}
          onPick={(path) => {
            setPicking(false);
            onChange(path);
          }}
        />
      )}
    </div>
  );
}

interface FolderFacts {
  readonly suggestions: readonly string[];
  readonly isGit: boolean;
}

const NOTHING: FolderFacts = { suggestions: [], isGit: false };

/** What the typed path could go on with, and whether it is a repository as it stands. */
function useFolderFacts(typed: string, listFolders: ListFolders): FolderFacts {
  const [facts, setFacts] = useState(NOTHING);
  useEffect(() => {
    const completion = completionOf(typed);
    if (completion === undefined) return setFacts(NOTHING);
    let isCurrent = true;
    const timer = setTimeout(() => {
      const begins = completion.begins.toLowerCase();
      listFolders(completion.folder).then(
        ({ folders, isGitRepository }) => {
          if (!isCurrent) return;
          const fitting = folders.filter(({ name }) => name.toLowerCase().startsWith(begins));
          const itself = folders.find(({ name }) => name === completion.begins);
          setFacts({
            suggestions: fitting.map(({ path }) => path).slice(0, MAX_SUGGESTIONS),
            isGit: completion.begins === '' ? isGitRepository : itself?.isGitRepository === true,
          });
        },
        // A folder that does not exist yet has nothing to suggest; creating the session says what is wrong.
        () => isCurrent && setFacts(NOTHING),
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [typed, listFolders]);
  return facts;
}
