import type { Api } from '@konui/client';
import type { SessionInfo } from '@konui/protocol';
import * as en from '../text/en.ts';
import { isShelved, titleOf } from '../ui/session-words.ts';
import type { Toasts } from '../ui/toast/toasts.ts';

interface Parts {
  readonly sessions: Pick<Api['sessions'], 'change'>;
  readonly toasts: Pick<Toasts, 'show'>;
}

/** Puts a session in the archive or takes it out, and says so with a way back; what fails is said too. */
export async function setArchived(parts: Parts, session: SessionInfo, isArchived: boolean): Promise<void> {
  const { sessions, toasts } = parts;
  try {
    const changed = await sessions.change(session.sessionId, { archived: isArchived });
    const say = !isArchived
      ? en.session.unarchived
      : isShelved(changed)
        ? en.session.archived
        : en.session.archivedLive;
    const undo = { label: en.session.undo, run: () => void setArchived(parts, session, !isArchived) };
    toasts.show({ text: say(titleOf(session)), action: undo });
  } catch (error) {
    toasts.show({ text: en.session.failed(error instanceof Error ? error.message : String(error)) });
  }
}
