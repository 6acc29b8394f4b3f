import { type ConsoleImage, LIMITS, type SessionId, Sha256 } from '@konui/protocol';
import type { AgentHost } from '../../host.ts';

/** The bytes of an image; undefined for one that is larger than an image may be. Rejects as the host does. */
export async function readImage(
  host: Pick<AgentHost, 'attachment'>,
  sessionId: SessionId,
  { attachment, byteLength }: ConsoleImage,
): Promise<Buffer | undefined> {
  if (byteLength > LIMITS.maxImageBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of await host.attachment(sessionId, Sha256.parse(attachment))) {
    read += chunk.byteLength;
    if (read > LIMITS.maxImageBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
