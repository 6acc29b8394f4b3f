import { createChatRoute } from './chat/chat-route.ts';
import type { ChatDependencies } from './chat/open-chat.ts';
import { type ConsoleRouteDependencies, createConsoleRoutes } from './console/console-route.ts';
import type { SocketRoute } from './socket-route.ts';

/** Every WebSocket endpoint of the gateway: a new one is a file that makes its route, and a line here. */
export function createSocketRoutes(dependencies: ChatDependencies & ConsoleRouteDependencies): readonly SocketRoute[] {
  return [createChatRoute(dependencies), ...createConsoleRoutes(dependencies)];
}
