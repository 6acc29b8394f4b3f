import type { SessionInfo } from '@konui/protocol';
import { type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { byLastTurn, folderName, titleOf } from '../../ui/session-words.ts';
import { reasonOf } from './kontask-words.ts';
import { NewSessionLink } from '../../ui/new-session-link.tsx';

/** So many are shown at first; the filter finds the others. */
const SHOWN = 30;
/** Agents and folders that are offered for a new session. */
const FRESH = 4;

interface SessionDialogProps {
  readonly sessions: readonly SessionInfo[];
  readonly createSession: (provider: string, projectPath: string) => Promise<string>;
  readonly onChosen: (sessionId: string) => void;
  readonly onClose: () => void;
}

/** Where the prompt goes that no session can be told for (B11). */
export function SessionDialog({ sessions, createSession, onChosen, onClose }: SessionDialogProps): ReactNode {
  const [filter, setFilter] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isStarting, setStarting] = useState(false);
  const words = filter.toLowerCase().split(/\s+/);
  const listed = sessions.filter(({ archived }) => !archived).toSorted(byLastTurn);
  const found = listed
    .filter((session) => {
      const text = `${titleOf(session)} ${session.projectPath} ${session.provider}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .slice(0, SHOWN);
  const start = async ({ provider, projectPath }: SessionInfo): Promise<void> => {
    if (isStarting) return;
    setStarting(true);
    try {
      onChosen(await createSession(provider, projectPath));
    } catch (error) {
      setProblem(en.kontaskSession.failed(reasonOf(error)));
      setStarting(false);
    }
  };
  if (listed.length === 0)
    return (
      <Dialog title={en.kontaskSession.title} onClose={onClose}>
        <p>{en.kontaskSession.noSessions}</p>
        <div className="dialog-actions">
          <NewSessionLink href="/new" className="button primary">
            {en.kontaskSession.start}
          </NewSessionLink>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={en.kontaskSession.title} onClose={onClose}>
      <p className="soft">{en.kontaskSession.lead}</p>
      <label className="search">
        <Icon name="search" />
        <span className="visually-hidden">{en.kontaskSession.filter}</span>
        <input
          type="search"
          className="input"
          placeholder={en.kontaskSession.filter}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </label>
      <ul className="picker-list" aria-label={en.kontaskSession.sessions}>
        {found.map((session) => (
          <li key={session.sessionId}>
            <button type="button" onClick={() => onChosen(session.sessionId)}>
              <Icon name="bubble" />
              <span>
                {titleOf(session)}{' '}
                <span className="soft">
                  {en.kontaskSession.freshIn(session.provider, folderName(session.projectPath))}
                </span>
              </span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="soft kontask-none">{en.kontaskSession.none}</li>}
      </ul>
      <div className="group">
        <h3>{en.kontaskSession.fresh}</h3>
        <div className="page-actions">
          {freshOnes(listed).map((session) => (
            <button
              key={`${session.provider} ${session.projectPath}`}
              type="button"
              className="button"
              disabled={isStarting}
              onClick={() => void start(session)}
            >
              <Icon name="plus" />
              {en.kontaskSession.freshIn(session.provider, folderName(session.projectPath))}
            </button>
          ))}
        </div>
      </div>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

/** One session of each agent and folder, those used last first. */
function freshOnes(sessions: readonly SessionInfo[]): readonly SessionInfo[] {
  const pairs = new Map<string, SessionInfo>();
  for (const session of sessions) {
    const key = JSON.stringify([session.provider, session.projectPath]);
    if (!pairs.has(key)) pairs.set(key, session);
  }
  return [...pairs.values()].slice(0, FRESH);
}
