import type { QueueHold } from '@konui/protocol';
import * as en from '../../../text/en.ts';

/** Why waiting prompts do not go on by themselves, in words. */
export function holdText({ reason }: QueueHold): string {
  const texts: Readonly<Record<string, string>> = en.queue.held;
  return texts[reason] ?? en.queue.held.person;
}
