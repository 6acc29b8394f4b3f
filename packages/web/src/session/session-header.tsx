import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import type { EventsQuery } from '@konui/client';
import type { SessionInfo } from '@konui/protocol';
import { useLocation } from 'wouter';
import { SessionHeading } from '../features/session-menu/session-heading.tsx';
import { usageFacts } from '../features/session-menu/usage-facts.ts';
import * as en from '../text/en.ts';
import { agentName, useAgentNames } from '../ui/agent-names.ts';
import { titleOf } from '../ui/session-words.ts';
import type { ConversationView } from './conversation-view.ts';
import type { SessionServices } from './session-services.ts';
import { setArchived } from './set-archived.ts';

const DeleteDialog = lazy(async () => ({
  default: (await import('../features/session-menu/delete-dialog.tsx')).DeleteDialog,
}));
const RawLogDialog = lazy(async () => ({
  default: (await import('../features/session-menu/raw-log-dialog.tsx')).RawLogDialog,
}));
const ExportDialog = lazy(async () => ({
  default: (await import('../features/export/export-dialog.tsx')).ExportDialog,
}));

interface SessionHeaderProps {
  readonly services: Pick<SessionServices, 'api' | 'toasts'>;
  readonly sessionId: string;
  readonly session: SessionInfo | undefined;
  readonly view: ConversationView;
  readonly onResume: () => void;
}

/** The heading of the page with its menu, and the windows that the menu opens. */
export function SessionHeader({ services, sessionId, session, view, onResume }: SessionHeaderProps): ReactNode {
  const { api, toasts } = services;
  const [open, setOpen] = useState<'delete' | 'raw' | 'export' | undefined>(undefined);
  const [, navigate] = useLocation();
  const names = useAgentNames();
  const { conversation } = view;
  const { usage, items, run, lastRun } = conversation;
  const ends = items.filter(({ type }) => type === 'run_end');
  // Not with each piece of an answer: writing numbers as a language does takes a while.
  // oxlint-disable-next-line react/exhaustive-deps -- ends are never changed, only added
  const facts = useMemo(() => usageFacts(usage, ends), [usage, ends.length, ends.at(-1)]);
  const title = session?.title ?? conversation.title ?? (session === undefined ? en.nav.untitled : titleOf(session));
  const close = useCallback(() => setOpen(undefined), []);
  const loadEvents = useCallback((query: EventsQuery) => api.sessions.events(sessionId, query), [api, sessionId]);
  const loadImage = useCallback((sha256: string) => api.sessions.attachment(sessionId, sha256), [api, sessionId]);

  const attempt = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      toasts.show({ text: en.header.failed(error instanceof Error ? error.message : String(error)) });
    }
  };
  const copyLink = (): void => {
    const link = `${window.location.origin}/s/${sessionId}`;
    const failed = (): void => toasts.show({ text: en.header.linkNotCopied });
    // Plain-HTTP pages other than localhost have no clipboard.
    if (navigator.clipboard === undefined) return failed();
    navigator.clipboard.writeText(link).then(() => toasts.show({ text: en.header.linkCopied }), failed);
  };
  const remove = async (): Promise<void> => {
    await api.sessions.remove(sessionId);
    navigate('/');
  };
  return (
    <>
      <SessionHeading
        session={session}
        title={title}
        usage={facts}
        onRename={(next) => void attempt(() => api.sessions.change(sessionId, { title: next === '' ? null : next }))}
        onCopyLink={copyLink}
        onExport={() => setOpen('export')}
        onRawLog={() => setOpen('raw')}
        onArchive={() => {
          if (session !== undefined) void setArchived({ sessions: api.sessions, toasts }, session, !session.archived);
        }}
        onDelete={() => setOpen('delete')}
        onResume={run === undefined && lastRun?.stopReason === 'agent_exited' ? onResume : undefined}
      />
      <Suspense>
        {open === 'delete' && <DeleteDialog title={title} onDelete={remove} onClose={close} />}
        {open === 'raw' && <RawLogDialog loadEvents={loadEvents} onClose={close} />}
        {open === 'export' && (
          <ExportDialog
            title={title}
            agent={session === undefined ? '' : agentName(names, session.provider)}
            folder={session?.projectPath ?? ''}
            loadEvents={loadEvents}
            loadImage={loadImage}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}
