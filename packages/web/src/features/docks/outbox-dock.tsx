import type { ReactNode } from 'react';
import type { PendingCommand } from '@konui/client';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';

interface OutboxDockProps {
  readonly pending: readonly PendingCommand[];
  readonly isConnected: boolean;
}

/** How much waits for a connection: its words stand in the conversation, and the strip above the page tries again. */
export function OutboxDock({ pending, isConnected }: OutboxDockProps): ReactNode {
  // Nobody asked for an agent that is started ahead.
  const unsent = pending.filter(({ state, type }) => state !== 'accepted' && type !== 'chat.prepare');
  if (isConnected || unsent.length === 0) return null;
  const prompts = unsent.filter(({ type }) => type === 'chat.send').length;
  return (
    <section className="dock outbox" aria-label={en.outbox.title} data-testid="outbox">
      <header className="dock-head">
        <Icon name="clock" />
        <div className="notice-words" role="status">
          <h2>{en.outbox.title}</h2>
          <p className="soft">{en.outbox.kept(prompts, unsent.length - prompts)}</p>
          {unsent.some(({ storageError }) => storageError !== undefined) && <p>{en.outbox.notKept}</p>}
        </div>
      </header>
    </section>
  );
}
