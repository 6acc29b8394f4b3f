/** What the gateway pushes, version 1. */
export interface PushMessage {
  readonly type: 'permission' | 'question' | 'finished' | 'failed' | 'limit' | 'kontask' | 'cleared' | 'test';
  /** One notification per tag: a later message takes the earlier one's place. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** Where a press leads; a path of this origin. */
  readonly url: string;
  readonly sessionId: string | undefined;
  readonly requestId: string | undefined;
  readonly actions: readonly PushAction[];
}

export interface PushAction {
  readonly action: 'allow' | 'deny';
  readonly title: string;
  /** Answers this one request, once. */
  readonly token: string;
}

const TYPES: ReadonlySet<string> = new Set<PushMessage['type']>([
  'permission',
  'question',
  'finished',
  'failed',
  'limit',
  'kontask',
  'cleared',
  'test',
]);

/** What a push or a notification's data says; undefined for what this version does not know. */
export function parsePushMessage(value: unknown): PushMessage | undefined {
  const fields = toRecord(value);
  const { type, tag, title, body, url, sessionId, requestId, actions } = fields;
  if (!isType(type) || typeof tag !== 'string') return undefined;
  return {
    type,
    tag,
    title: textOr(title, ''),
    body: textOr(body, ''),
    url: toPath(url),
    sessionId: typeof sessionId === 'string' ? sessionId : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    actions: Array.isArray(actions) ? actions.flatMap(toAction) : [],
  };
}

/** Where a press on the notification leads: the one request, or the session. */
export function addressOf({ url, sessionId, requestId }: PushMessage): string {
  if (sessionId === undefined) return url;
  const session = encodeURIComponent(sessionId);
  return requestId === undefined ? `/s/${session}` : `/approve/${encodeURIComponent(requestId)}?session=${session}`;
}

function toAction(value: unknown): readonly PushAction[] {
  const { action, title, token } = toRecord(value);
  const isKnown = (action === 'allow' || action === 'deny') && typeof title === 'string' && typeof token === 'string';
  return isKnown ? [{ action, title, token }] : [];
}

/** Only a path of this origin: a push never leads elsewhere. */
function toPath(url: unknown): string {
  if (typeof url !== 'string' || !URL.canParse(url, 'https://own.invalid')) return '/';
  const { origin, pathname, search } = new URL(url, 'https://own.invalid');
  return origin === 'https://own.invalid' ? pathname + search : '/';
}

function isType(value: unknown): value is PushMessage['type'] {
  return typeof value === 'string' && TYPES.has(value);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
