import type { ClientFrame } from '@konui/protocol';
import { handleAbort } from './chat-abort.ts';
import { handleConfigure } from './chat-configure.ts';
import { handleElicitationResponse } from './chat-elicitation-response.ts';
import { handlePermissionResponse } from './chat-permission-response.ts';
import { handlePrepare } from './chat-prepare.ts';
import { handleQueue } from './chat-queue.ts';
import { handleSend } from './chat-send.ts';
import { handleSubscribe } from './chat-subscribe.ts';
import { handleUnsubscribe } from './chat-unsubscribe.ts';
import type { FrameContext } from './frame-context.ts';
import { handleVisibility } from './client-visibility.ts';
import { handlePing } from './ping.ts';

/** Every frame that a client may send: a new type is a schema in the protocol, a file here, and a line below. */
export async function handleFrame(frame: ClientFrame, context: FrameContext): Promise<void> {
  switch (frame.type) {
    case 'chat.send':
      return handleSend(frame, context);
    case 'chat.abort':
      return handleAbort(frame, context);
    case 'chat.subscribe':
      return handleSubscribe(frame, context);
    case 'chat.unsubscribe':
      return handleUnsubscribe(frame, context);
    case 'chat.permission-response':
      return handlePermissionResponse(frame, context);
    case 'chat.elicitation-response':
      return handleElicitationResponse(frame, context);
    case 'chat.queue':
      return handleQueue(frame, context);
    case 'chat.prepare':
      return handlePrepare(frame, context);
    case 'chat.configure':
      return handleConfigure(frame, context);
    case 'client.visibility':
      return handleVisibility(frame, context);
    case 'ping':
      return handlePing(frame, context);
  }
}
