import { KonuiError, SessionId, Sha256 } from '@konui/protocol';

/** What is no id names no session, so that nothing but ids ever becomes part of a path on the disk. */
export function parseSessionId(text: string): SessionId {
  const parsed = SessionId.safeParse(text);
  if (!parsed.success) throw new KonuiError('SESSION_NOT_FOUND', 'there is no session of that id');
  return parsed.data;
}

export function parseSha256(text: string): Sha256 {
  const parsed = Sha256.safeParse(text);
  if (!parsed.success) throw new KonuiError('ATTACHMENT_NOT_FOUND', 'there is no attachment of that name');
  return parsed.data;
}
