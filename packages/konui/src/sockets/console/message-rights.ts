import type { AccessRight, ConsoleClientMessage } from '@konui/protocol';

/** One of which each message needs (SPEC ACC6); none where whoever is connected may. */
export const MESSAGE_RIGHTS: Readonly<Record<ConsoleClientMessage['type'], readonly AccessRight[]>> = {
  inject: ['inject', 'prompt'],
  prompt: ['prompt'],
  cancel: ['prompt'],
  permission: ['answer'],
  ping: [],
};
