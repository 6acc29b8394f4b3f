import type { Api, Connection, ReadMarks } from '@konui/client';
import type { Toasts } from '../ui/toast/toasts.ts';
import type { SessionParts } from './session-parts.ts';

/** What the page of a session works with. */
export interface SessionServices extends SessionParts {
  readonly api: {
    readonly sessions: Pick<Api['sessions'], 'attachment' | 'change' | 'events' | 'remove'>;
    readonly agents: Pick<Api['agents'], 'authenticate'>;
  };
  readonly connection: Pick<Connection, 'setVisibility'>;
  readonly readMarks: Pick<ReadMarks, 'markRead'>;
  readonly toasts: Pick<Toasts, 'show'>;
}
