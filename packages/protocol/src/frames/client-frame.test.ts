import { describe, expect, it } from 'vitest';
import { ClientFrame } from './client-frame.ts';
import { GatewayFrame, isGatewayKind } from './gateway-frame.ts';

const sessionId = '0d09e50e-c0fb-45a0-8a55-aa4f97af46b2';

describe('ClientFrame', () => {
  it('[GW3] takes a string or content blocks as content', () => {
    const send = (content: unknown) => ClientFrame.safeParse({ type: 'chat.send', sessionId, content });
    expect(send('hi').data).toMatchObject({ content: [{ type: 'text', text: 'hi' }] });
    expect(send([{ type: 'image', mimeType: 'image/png', data: 'AAAA' }]).success).toBe(true);
    for (const content of ['', [], 7, null, [{ type: 'video' }], [{ type: 'image', mimeType: 'image/png' }]]) {
      expect(send(content).success).toBe(false);
    }
  });

  it('[GW3] begins at the first event where no cursor is named', () => {
    const frame = ClientFrame.parse({ type: 'chat.subscribe', sessions: [{ sessionId }] });
    expect(frame).toMatchObject({ sessions: [{ sessionId, lastSeq: 0 }] });
  });

  it('[GW4] refuses ids that are no UUID, negative cursors and unknown types', () => {
    for (const frame of [
      { type: 'chat.abort', sessionId: '../../etc/passwd' },
      { type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: -1 }] },
      { type: 'chat.subscribe', sessions: [] },
      { type: 'chat.dance' },
    ]) {
      expect(ClientFrame.safeParse(frame).success).toBe(false);
    }
  });
});

describe('GatewayFrame', () => {
  it('[GW1] shares no kind with events', () => {
    expect(GatewayFrame.def.options.flatMap((option) => option.shape.kind.def.values).every(isGatewayKind)).toBe(true);
    expect(['prompt', 'complete', 'agent_message_chunk', 'error'].some(isGatewayKind)).toBe(false);
  });
});
