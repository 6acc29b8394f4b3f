import type { ReactNode } from 'react';
import { type PendingCommand, type PromptInput, unseenPrompts } from '@konui/client';
import type { SessionInfo } from '@konui/protocol';
import { type PromptBlock, PromptBubble } from '../features/transcript/prompt-bubble.tsx';
import * as en from '../text/en.ts';
import { agentName, useAgentNames } from '../ui/agent-names.ts';
import { folderName } from '../ui/session-words.ts';
import type { ConversationView, Refusal } from './conversation-view.ts';

interface TranscriptTailProps {
  readonly view: ConversationView;
  readonly session: SessionInfo | undefined;
  readonly onDismiss: (commandId: string) => void;
  readonly onResend: (content: PromptInput) => void;
}

/** What stands below the log's last item: prompts on their way, what was refused, or a word for an empty session. */
export function TranscriptTail({ view, session, onDismiss, onResend }: TranscriptTailProps): ReactNode {
  const prompts = unseenPrompts(view.conversation, view.pending);
  const isEmpty = view.conversation.items.length === 0 && prompts.length === 0;
  return (
    <>
      {isEmpty && view.phase === 'loading' && (
        <p className="soft empty-note" role="status">
          {en.conversation.loading}
        </p>
      )}
      {view.isFromCache && (
        <p className="soft empty-note" role="status" data-testid="saved-copy">
          {en.connection.savedCopy}
        </p>
      )}
      {view.phase === 'failed' && (
        <p className="problem" role="alert">
          {en.header.notLoaded}
        </p>
      )}
      {isEmpty && view.phase === 'ready' && <EmptySession session={session} />}
      {prompts.map((command) => (
        <PromptBubble
          key={command.commandId}
          origin={undefined}
          content={contentOf(command)}
          note={noteOf(command, view.isConnected)}
        />
      ))}
      {view.refusals.map((refusal) => (
        <RefusalView key={refusal.commandId} refusal={refusal} onDismiss={onDismiss} onResend={onResend} />
      ))}
    </>
  );
}

function EmptySession({ session }: { session: SessionInfo | undefined }): ReactNode {
  const names = useAgentNames();
  return (
    <div className="empty-note">
      <h2>{en.conversation.empty}</h2>
      {session !== undefined && (
        <p className="soft">
          {en.conversation.emptyLead(agentName(names, session.provider), folderName(session.projectPath))}
        </p>
      )}
    </div>
  );
}

interface RefusalViewProps {
  readonly refusal: Refusal;
  readonly onDismiss: (commandId: string) => void;
  readonly onResend: (content: PromptInput) => void;
}

function RefusalView({ refusal, onDismiss, onResend }: RefusalViewProps): ReactNode {
  const { commandId, content, message } = refusal;
  return (
    <div className="refusal" role="alert">
      {content !== undefined && (
        <PromptBubble origin={undefined} content={blocksOf(content)} note={en.conversation.notSentShort} />
      )}
      <p className="problem">{en.conversation.notSent(message)}</p>
      <div className="refusal-actions">
        {content !== undefined && (
          <button
            type="button"
            className="button"
            onClick={() => {
              onDismiss(commandId);
              onResend(content);
            }}
          >
            {en.conversation.resend}
          </button>
        )}
        <button type="button" className="button subtle" onClick={() => onDismiss(commandId)}>
          {en.conversation.discard}
        </button>
      </div>
    </div>
  );
}

function contentOf({ frame }: PendingCommand): readonly PromptBlock[] {
  return frame.type === 'chat.send' ? blocksOf(frame.content) : [];
}

function blocksOf(content: PromptInput): readonly PromptBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function noteOf({ state, lastError }: PendingCommand, isConnected: boolean): string {
  if (lastError !== undefined) return en.conversation.retrySend(lastError.message);
  if (state === 'accepted') return en.conversation.sent;
  return isConnected ? en.conversation.sending : en.header.kept;
}
