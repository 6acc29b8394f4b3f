import { createHash } from 'node:crypto';
import {
  type InjectAnswer,
  type InjectRequest,
  KonuiError,
  NewKontask,
  type Origin,
  REVIEW_TYPE,
  type SessionId,
} from '@konui/protocol';

/** Where what waits for a review is kept. */
export interface Reviews {
  create(
    request: NewKontask,
    acting: { readonly by: Origin; readonly name: string },
  ): { readonly answer: { readonly kontask: { readonly id: string } } };
}

/** As long as a choice's value may be. */
const MAX_CHARACTERS = 100_000;
const TITLE_CHARACTERS = 80;

/**
 * Holds an injected prompt back: a kontask with one quick action, which sends it (SPEC INJ5). Throws INVALID_MESSAGE for
 * what a quick action cannot hold, IDEMPOTENCY_CONFLICT for another prompt under the same key.
 */
export function proposeInject(
  reviews: Reviews,
  { text, images = [], policy, idempotencyKey }: InjectRequest,
  { sessionId, by }: { sessionId: SessionId; by: Extract<Origin, { type: 'inject' }> },
): InjectAnswer {
  if (images.length > 0) throw new KonuiError('INVALID_MESSAGE', 'images: cannot be reviewed; send the text alone');
  if (text.length > MAX_CHARACTERS) {
    throw new KonuiError('INVALID_MESSAGE', `text: may have ${MAX_CHARACTERS} characters where it is reviewed`);
  }
  const [firstLine = ''] = text.trim().split('\n');
  const request = NewKontask.parse({
    ...(idempotencyKey === undefined ? {} : { id: toId(by.tokenId ?? '', idempotencyKey) }),
    type: REVIEW_TYPE,
    status: 'requested',
    title: `${by.name}: ${firstLine.slice(0, TITLE_CHARACTERS)}`,
    description: text.slice(0, 10_000),
    targetUser: 'person',
    sessionId,
    context: { choices: [{ label: 'Send', value: text, primary: true }] },
  });
  const { answer } = reviews.create(request, { by, name: by.name });
  return { sessionId, promptId: null, kontaskId: answer.kontask.id, policy };
}

function toId(tokenId: string, key: string): string {
  return `review-${createHash('sha256')
    .update(JSON.stringify([tokenId, key]))
    .digest('hex')}`;
}
