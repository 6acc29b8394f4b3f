import { type DragEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { PromptItem } from '@konui/client';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import { Composer } from '../features/composer/composer.tsx';
import type { ImageAttachment } from '../features/composer/image-attachment.ts';
import { useImages } from '../features/composer/use-images.ts';
import { AttachmentContext } from '../ui/attachments.ts';
import { Transcript } from '../features/transcript/transcript.tsx';
import { en } from '../text/en.ts';
import { useStore } from '../ui/use-store.ts';
import type { ConversationStore, ConversationView } from './conversation-store.ts';
import { SessionDocks } from './session-docks.tsx';
import { SessionHeader } from './session-header.tsx';
import type { SessionServices } from './session-services.ts';
import { toSlashCommands } from './slash-commands-of.ts';
import { TranscriptTail } from './transcript-tail.tsx';
import { useStopKey } from './use-stop-key.ts';

interface SessionPageProps {
  readonly services: SessionServices;
  readonly sessionId: string;
  readonly session: SessionInfo | undefined;
}

/** A conversation: transcript, what waits above the composer, composer. */
export function SessionPage({ services, sessionId, session }: SessionPageProps): ReactNode {
  const { api, conversations } = services;
  const [store] = useState(() => conversations.of(sessionId));
  useEffect(() => store.open(), [store]);
  const view = useStore(store);
  const fetchAttachment = useCallback((sha256: string) => api.sessions.attachment(sessionId, sha256), [api, sessionId]);

  if (view.phase === 'missing' || view.phase === 'gone') {
    return (
      <div className="page">
        <h1>{view.phase === 'gone' ? en.conversation.gone : en.conversation.notFound}</h1>
        <p>
          <Link href="/" className="button">
            {en.conversation.backHome}
          </Link>
        </p>
      </div>
    );
  }
  return (
    <AttachmentContext.Provider value={fetchAttachment}>
      <OpenSession services={services} sessionId={sessionId} session={session} store={store} view={view} />
    </AttachmentContext.Provider>
  );
}

interface OpenSessionProps extends SessionPageProps {
  readonly store: ConversationStore;
  readonly view: ConversationView;
}

function OpenSession({ services, sessionId, session, store, view }: OpenSessionProps): ReactNode {
  const { drafts, newKey } = services;
  const [text, setText] = useState(() => drafts.read(sessionId));
  const images = useImages(newKey);
  const field = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { conversation } = view;
  const isStopAsked = conversation.run !== undefined && view.stopAskedFor === conversation.run.runId;
  const run =
    conversation.run === undefined ? 'none' : isStopAsked || conversation.run.isStopping ? 'stopping' : 'open';

  const write = useCallback(
    (next: string): void => {
      setText(next);
      drafts.write(sessionId, next);
    },
    [drafts, sessionId],
  );
  const toEnd = (): void => scroller.current?.scrollTo({ top: 0 });
  const send = (prompt: string, attached: readonly ImageAttachment[]): void => {
    const blocks = attached.map(({ mimeType, data }) => ({ type: 'image' as const, mimeType, data }));
    const words = prompt.trim() === '' ? [] : [{ type: 'text' as const, text: prompt.trim() }];
    store.send([...words, ...blocks]);
    toEnd();
  };
  const tryAgain = useCallback((prompt: PromptItem): void => store.send([...prompt.content]), [store]);
  const resumeByItself = async (resumeAfterLimit: boolean): Promise<void> => {
    await services.api.sessions.change(sessionId, { resumeAfterLimit });
  };
  const focusComposer = useCallback(() => field.current?.focus(), []);
  useStopKey(run === 'open', store.stop);
  useEffect(() => {
    // On a phone a focused field opens the keyboard over the conversation.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);

  return (
    <div className="session" onDragOver={allowFiles} onDrop={(event) => takeFiles(event, images.add)}>
      <SessionHeader session={session} title={conversation.title} />
      <Transcript
        key={view.phase}
        scrollerRef={scroller}
        items={conversation.items}
        isRunning={conversation.run !== undefined}
        onTryAgain={tryAgain}
      >
        <TranscriptTail view={view} session={session} onDismiss={store.dismiss} onResend={store.send} />
      </Transcript>
      <div className="docks">
        <SessionDocks
          view={view}
          store={store}
          session={session}
          onResumeByItself={resumeByItself}
          isStopAsked={isStopAsked}
          onSend={store.send}
          onFocusComposer={focusComposer}
        />
        <Composer
          fieldRef={field}
          text={text}
          onText={write}
          images={images}
          commands={toSlashCommands(conversation.commands)}
          run={run}
          onSend={send}
          onStop={store.stop}
        />
      </div>
    </div>
  );
}

function allowFiles(event: DragEvent): void {
  if (event.dataTransfer.types.includes('Files')) event.preventDefault();
}

function takeFiles(event: DragEvent, add: (files: Iterable<File>) => void): void {
  if (event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  add(event.dataTransfer.files);
}
