/** What a notification may be about; a person chooses among these. */
export type NoticeType = 'permission' | 'question' | 'finished' | 'failed' | 'limit' | 'kontask';

/** A button that answers by itself: `token` is good once, for this answer to this request (SPEC PUSH5). */
export interface PushAction {
  readonly action: 'allow' | 'deny';
  readonly title: string;
  readonly token: string;
}

/** What is shown, before it is made out to one subscription. */
export interface Notice {
  readonly type: NoticeType;
  /** A later notice with the same tag takes the place of this one. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** Path of the page that a tap opens. */
  readonly url: string;
  readonly sessionId?: string;
  readonly requestId?: string;
  readonly agent?: string;
  readonly sessionTitle?: string;
  /** Why the action may destroy something. */
  readonly isDestructive?: string;
  /** ISO 8601: when the agent's limit ends. */
  readonly resetsAt?: string;
}

/** Of the largest payload that every push service takes (RFC 8030, section 7.2: 4096 bytes encrypted). */
const MAX_BYTES = 3072;

/** The payload of a push, version 1: at most 3 KiB; what does not fit is cut off the body's end. */
export function toPayload(message: Omit<Notice, 'type'> & { type: string; actions?: readonly PushAction[] }): string {
  const { actions = [], ...notice } = message;
  const encode = (body: string): string =>
    JSON.stringify({ v: 1, ...notice, body, ...(actions.length === 0 ? {} : { actions }) });
  // By characters: half of one would be shown as a blot.
  let characters = Array.from(notice.body);
  let body = notice.body;
  while (Buffer.byteLength(encode(body)) > MAX_BYTES && characters.length > 0) {
    characters = characters.slice(0, Math.floor(characters.length * 0.75));
    body = characters.length === 0 ? '' : `${characters.join('')}…`;
  }
  return encode(body);
}
