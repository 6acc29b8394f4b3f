import type { AccessRight, ClientFrame, SessionId } from '@konui/protocol';

/** One of which each frame needs (SPEC ACC6); none where whoever is connected may. A new type does not compile without. */
export const FRAME_RIGHTS: Readonly<Record<ClientFrame['type'], readonly AccessRight[]>> = {
  'chat.send': ['prompt'],
  'chat.abort': ['prompt'],
  'chat.subscribe': ['read'],
  'chat.unsubscribe': [],
  'chat.permission-response': ['answer'],
  'chat.elicitation-response': ['answer'],
  'chat.queue': ['prompt'],
  'chat.prepare': ['prompt'],
  'chat.configure': ['prompt'],
  'client.visibility': [],
  ping: [],
};

/** The sessions that a frame touches. */
export function sessionsOf(frame: ClientFrame): readonly SessionId[] {
  if ('sessionId' in frame) return frame.sessionId === undefined ? [] : [frame.sessionId];
  return frame.type === 'chat.subscribe' ? frame.sessions.map(({ sessionId }) => sessionId) : [];
}
