import type { Api, Connection } from '@konui/client';
import type { SessionInfo } from '@konui/protocol';
import { setArchived } from '../session/set-archived.ts';
import * as en from '../text/en.ts';
import { titleOf } from '../ui/session-words.ts';
import type { Toasts } from '../ui/toast/toasts.ts';

/** What can be done with a session from outside of its page. What fails is said in a toast, unless it rejects. */
export interface SessionCommands {
  /** Rejects; an empty title is the agent's own again. */
  readonly rename: (session: SessionInfo, title: string) => Promise<void>;
  readonly setArchived: (session: SessionInfo, isArchived: boolean) => void;
  /** Rejects. */
  readonly remove: (session: SessionInfo) => Promise<void>;
  readonly copyLink: (session: SessionInfo) => void;
  readonly stop: (session: SessionInfo) => void;
}

export function createSessionCommands({
  api,
  connection,
  toasts,
  origin,
}: {
  api: Pick<Api, 'sessions'>;
  connection: Pick<Connection, 'abort'>;
  toasts: Toasts;
  origin: string;
}): SessionCommands {
  const fail = (error: unknown): void =>
    toasts.show({ text: en.session.failed(error instanceof Error ? error.message : String(error)) });
  return {
    async rename(session, title) {
      await api.sessions.change(session.sessionId, { title: title.trim() === '' ? null : title.trim() });
    },
    setArchived: (session, isArchived) => void setArchived({ sessions: api.sessions, toasts }, session, isArchived),
    async remove(session) {
      await api.sessions.remove(session.sessionId);
      toasts.show({ text: en.session.removed(titleOf(session)) });
    },
    copyLink(session) {
      const link = `${origin}/s/${session.sessionId}`;
      // Plain-HTTP pages other than localhost have no clipboard.
      const copied = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error('no clipboard'));
      copied.then(
        () => toasts.show({ text: en.session.copied }),
        () => toasts.show({ text: en.session.copyFailed(link) }),
      );
    },
    stop(session) {
      void connection.abort(session.sessionId).settled.then((outcome) => {
        if (outcome.state === 'refused') fail(new Error(outcome.message));
      });
    },
  };
}
