import type { ClientFrame } from '@konui/protocol';
import type { AgentHost } from '../../../host.ts';
import type { ChatConnection } from '../chat-connection.ts';

/** What a frame's handler works with. */
export interface FrameContext {
  readonly connection: ChatConnection;
  readonly host: AgentHost;
}

export type FrameOf<Type extends ClientFrame['type']> = Extract<ClientFrame, { type: Type }>;
