import type { AnyMessage } from '@agentclientprotocol/sdk';
import { z } from 'zod';

/** A `session/update` as it came over the wire, of a known kind or not. */
export const ObservedUpdate = z.looseObject({ sessionUpdate: z.string() });
export type ObservedUpdate = z.infer<typeof ObservedUpdate>;

const Notification = z.object({
  method: z.literal('session/update'),
  params: z.object({ sessionId: z.string(), update: ObservedUpdate }),
});

export function observeUpdate(message: AnyMessage): ObservedUpdate | undefined {
  const parsed = Notification.safeParse(message);
  return parsed.success ? parsed.data.params.update : undefined;
}

const TextChunk = z.object({ content: z.object({ type: z.literal('text'), text: z.string() }) });

/** The text of all updates of one kind, joined. */
export function textOf(updates: readonly ObservedUpdate[], kind = 'agent_message_chunk'): string {
  return updates
    .filter((update) => update.sessionUpdate === kind)
    .map((update) => {
      const parsed = TextChunk.safeParse(update);
      return parsed.success ? parsed.data.content.text : '';
    })
    .join('');
}
