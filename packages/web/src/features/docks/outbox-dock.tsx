import type { ReactNode } from 'react';
import type { PendingCommand } from '@konui/client';
import { textOf } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';

interface OutboxDockProps {
  readonly pending: readonly PendingCommand[];
  readonly isConnected: boolean;
  readonly onTryNow: () => void;
}

/** What waits for a connection; what is sent and not answered yet needs no words. */
export function OutboxDock({ pending, isConnected, onTryNow }: OutboxDockProps): ReactNode {
  const unsent = pending.filter(({ state }) => state !== 'accepted');
  if (isConnected || unsent.length === 0) return null;
  const prompts = unsent.flatMap(({ commandId, frame }) =>
    frame.type === 'chat.send' ? [{ commandId, text: wordsOf(frame.content) }] : [],
  );
  const others = unsent.length - prompts.length;
  return (
    <section className="dock outbox" aria-label={en.outbox.title} data-testid="outbox">
      <header className="dock-head">
        <Icon name="clock" />
        <div className="notice-words" role="status">
          <h2>{en.outbox.title}</h2>
          <p className="soft">
            {prompts.length > 0 && en.outbox.waiting(prompts.length)} {others > 0 && en.outbox.others(others)}
          </p>
          {unsent.some(({ storageError }) => storageError !== undefined) && <p>{en.outbox.notKept}</p>}
        </div>
        <button type="button" className="button" onClick={onTryNow}>
          {en.outbox.tryNow}
        </button>
      </header>
      {prompts.length > 0 && (
        <ol aria-label={en.outbox.list}>
          {prompts.map(({ commandId, text }) => (
            <li key={commandId}>{text}</li>
          ))}
        </ol>
      )}
    </section>
  );
}

function wordsOf(content: Extract<PendingCommand['frame'], { type: 'chat.send' }>['content']): string {
  if (typeof content === 'string') return content;
  const text = textOf(content.flatMap((block) => (block.type === 'text' ? [block] : [])));
  return text === '' ? en.queue.images(content.length) : text;
}
