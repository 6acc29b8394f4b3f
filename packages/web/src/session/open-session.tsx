import { type ReactNode, type RefObject, useCallback, useEffect, useRef } from 'react';
import type { PendingCommand, PromptItem } from '@konui/client';
import type { SessionInfo } from '@konui/protocol';
import type { ComposerRun } from '../features/composer/composer-actions.tsx';
import { useFileDrop } from '../features/composer/use-file-drop.ts';
import { RunStatusLine } from '../features/docks/run-status-line.tsx';
import { Transcript } from '../features/transcript/transcript.tsx';
import * as en from '../text/en.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { ConversationView } from './conversation-view.ts';
import { SessionAnnouncer } from './session-announcer.tsx';
import { SessionComposer } from './session-composer.tsx';
import { SessionHeader } from './session-header.tsx';
import type { SessionServices } from './session-services.ts';
import type { DocksComponent } from './session-parts.ts';
import { TranscriptTail } from './transcript-tail.tsx';
import { useMoment } from './use-moment.ts';
import { useReadMark } from './use-read-mark.ts';
import { useShownSession } from './use-shown-session.ts';
import { startingPrompt } from './starting-prompt.ts';
import { useStopKey } from './use-stop-key.ts';
import { useOwnRights } from '../ui/own-rights.ts';

interface OpenSessionProps {
  readonly services: SessionServices;
  readonly sessionId: string;
  readonly session: SessionInfo | undefined;
  readonly store: ConversationStore;
  readonly view: ConversationView;
  /** Undefined while nothing has to stand above the composer. */
  readonly Docks: DocksComponent | undefined;
}

/** A session that is there: heading, transcript, docks, composer. */
export function OpenSession({ services, sessionId, session, store, view, Docks }: OpenSessionProps): ReactNode {
  const { api, composers, readMarks } = services;
  const composer = composers.of(sessionId);
  const field = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { conversation } = view;
  const drop = useFileDrop(composer.add);
  const starting = startingPrompt(view);
  const run = runOf(view, starting);

  const markRead = useCallback((seq: number) => readMarks.markRead(sessionId, seq), [readMarks, sessionId]);
  useReadMark(scroller, view.phase === 'ready' ? conversation.lastSeq : 0, markRead);
  useShownSession(sessionId, services.connection);
  const tryAgain = useCallback((prompt: PromptItem): void => store.send([...prompt.content]), [store]);
  const focusComposer = useCallback(() => field.current?.focus(), []);
  const moment = useMoment(view.phase === 'ready', store.loadUntil);
  const isAsking = conversation.pendingPermissions.length + conversation.pendingElicitations.length > 0;
  const may = useOwnRights();
  useStopKey({ isActive: run === 'open' && may.prompt, isAsking, stop: store.stop });
  useEffect(() => {
    // On a phone a focused field opens the keyboard over the conversation.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);
  useScrollToSent(scroller, view.pending);

  const loadEarlier = useCallback(() => void store.loadEarlier(), [store]);
  return (
    <div className={`session ${view.isFromCache ? 'stale' : ''}`} {...drop.handlers}>
      <SessionHeader services={services} sessionId={sessionId} session={session} view={view} onResume={store.resume} />
      <Transcript
        key={view.phase}
        scrollerRef={scroller}
        items={conversation.items}
        isRunning={conversation.run !== undefined}
        onTryAgain={tryAgain}
        hasEarlier={view.hasEarlier}
        isLoadingEarlier={view.isLoadingEarlier}
        onEarlier={loadEarlier}
        at={moment.at}
      >
        <TranscriptTail view={view} session={session} onDismiss={store.dismiss} onResend={store.send} />
      </Transcript>
      <div className="docks">
        {(moment.state === 'loading' || moment.state === 'missing') && (
          <p className="soft" role="status">
            {moment.state === 'loading' ? en.moment.loading : en.moment.notFound}
          </p>
        )}
        {Docks !== undefined && (
          <Docks
            view={view}
            store={store}
            sessionId={sessionId}
            session={session}
            services={services}
            onChange={async (change) => void (await api.sessions.change(sessionId, change))}
            onFocusComposer={focusComposer}
          />
        )}
        <RunStatusLine
          conversation={conversation}
          isStopAsked={run === 'stopping'}
          startingSinceMs={starting?.at}
          lastSignMs={view.isConnected ? view.lastSignMs : undefined}
        />
        <SessionComposer fieldRef={field} composer={composer} store={store} view={view} run={run} />
      </div>
      {drop.isOver && <div className="drop-here">{en.composer.dropHere}</div>}
      <SessionAnnouncer conversation={conversation} isReady={view.phase === 'ready'} />
    </div>
  );
}

/** What was just sent stands at the end. */
function useScrollToSent(scroller: RefObject<HTMLElement | null>, pending: readonly PendingCommand[]): void {
  const latest = pending.findLast(({ type }) => type === 'chat.send')?.commandId;
  const known = useRef(latest);
  useEffect(() => {
    if (latest !== undefined && latest !== known.current) scroller.current?.scrollTo({ top: 0 });
    known.current = latest;
  }, [scroller, latest]);
}

function runOf(view: ConversationView, starting: PendingCommand | undefined): ComposerRun {
  const { conversation, stopAskedFor } = view;
  const { run } = conversation;
  if (run === undefined) {
    if (starting === undefined) return 'none';
    return stopAskedFor === starting.commandId ? 'stopping' : 'open';
  }
  return run.isStopping || stopAskedFor === run.runId ? 'stopping' : 'open';
}
