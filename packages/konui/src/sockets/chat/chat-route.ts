import { receiveMessages } from '../receive-messages.ts';
import type { SocketRoute } from '../socket-route.ts';
import { type ChatDependencies, openChat } from './open-chat.ts';

/** `/ws`: the chat gateway (SPEC GW). */
export function createChatRoute(dependencies: ChatDependencies): SocketRoute {
  return {
    path: '/ws',
    open(accepted) {
      const chat = openChat(accepted, dependencies);
      accepted.socket.once('close', () => chat.onClosed());
      receiveMessages(accepted, chat, dependencies.log);
      return chat;
    },
  };
}
