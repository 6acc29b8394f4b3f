import type { ReactNode } from 'react';
import { type QueuedPrompt, textOf } from '@konui/protocol';
import { en } from '../../text/en.ts';
import { originText } from '../../ui/origin-text.ts';

/** Prompts that the host has and that wait for the run to end, in their order. */
export function QueueDock({ queue }: { queue: readonly QueuedPrompt[] }): ReactNode {
  return (
    <section className="dock queue" aria-label={en.conversation.queuedTitle} data-testid="queue">
      <p className="soft">{en.conversation.queuedTitle}</p>
      <ol>
        {queue.map((prompt) => (
          <li key={prompt.promptId}>
            <span className="queue-text">{textOf([...prompt.content]) || en.conversation.image}</span>
            <span className="chip">{originText(prompt.origin)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
