import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type ChoiceRequest,
  type ClaimRequest,
  Kontask,
  type KontaskAction,
  type KontaskAnswer,
  type KontaskChange,
  type KontaskChoice,
  type KontaskId,
  type KontaskList,
  type KontaskQuery,
  type KontaskSummary,
  KonuiError,
  MAX_KONTASK_REST_BYTES,
  type NewKontask,
  type Origin,
} from '@konui/protocol';
import type { StoredKontask } from './kontask-rows.ts';
import { toSummary } from './kontask-rows.ts';
import { hasEnded, mayFollow } from './kontask-status.ts';
import type { KontaskTable } from './kontask-table.ts';

export interface KontasksOptions {
  readonly table: KontaskTable;
  readonly now: () => Date;
  readonly createId: () => string;
}

/** What listeners hear: a row of the list that is new or changed, or one that is gone. */
export type KontaskNews =
  | { readonly type: 'upserted'; readonly kontask: KontaskSummary }
  | { readonly type: 'removed'; readonly kontaskId: string };

export interface Acting {
  readonly by: Origin;
  /** How the record names whoever acts: `createdBy`. */
  readonly name: string;
}

/** The kontasks: what may become of each, and who did it (SPEC KON). */
export class Kontasks {
  readonly #table: KontaskTable;
  readonly #now: () => Date;
  readonly #createId: () => string;
  readonly #listeners = new Set<(news: KontaskNews) => void>();

  constructor({ table, now, createId }: KontasksOptions) {
    this.#table = table;
    this.#now = now;
    this.#createId = createId;
  }

  onNews(listener: (news: KontaskNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  list(query: KontaskQuery): KontaskList {
    return this.#table.list(query);
  }

  facets(): ReturnType<KontaskTable['facets']> {
    return this.#table.facets();
  }

  /** Throws KONTASK_NOT_FOUND. */
  get(id: string): KontaskAnswer {
    const { place, kontask, version, isUnread } = this.#require(id);
    return { kontask, version, isUnread, history: this.#table.history(place), actions: this.#table.actions(place) };
  }

  /**
   * The same id with the same content again answers what is there; with other content it throws IDEMPOTENCY_CONFLICT.
   * Throws FRAME_TOO_LARGE.
   */
  create(request: NewKontask, acting: Acting): { answer: KontaskAnswer; isNew: boolean } {
    const requestSha256 = hashOf(request);
    const known = request.id === undefined ? undefined : this.#known(request.id, requestSha256);
    if (known !== undefined) return { answer: this.get(known), isNew: false };
    const at = this.#now().toISOString();
    const { id = this.#createId(), type, status, title, description, context, ...rest } = request;
    const isRequest = rest.targetUser !== undefined && context.output === undefined;
    const kontask = Kontask.parse({
      id,
      type,
      status: status ?? (isRequest ? 'requested' : 'completed'),
      title,
      description,
      context,
      createdBy: acting.name,
      createdAt: at,
      updatedAt: at,
      ...withoutReserved(rest),
    });
    checkSize(kontask);
    return { answer: this.#insert(kontask, { requestSha256, acting, change: 'created' }), isNew: true };
  }

  /** Takes a kontask of elsewhere as it is: id, dates, and fields that are not known here (B12). */
  import(kontask: Kontask, acting: Acting): { answer: KontaskAnswer; isNew: boolean } {
    const requestSha256 = hashOf(kontask);
    const known = this.#known(kontask.id, requestSha256);
    if (known !== undefined) return { answer: this.get(known), isNew: false };
    checkSize(kontask);
    return { answer: this.#insert(kontask, { requestSha256, acting, change: 'imported' }), isNew: true };
  }

  /** What changes nothing leaves no trace. Throws as `remove` does, KONTASK_STATE, FRAME_TOO_LARGE. */
  change(id: string, { change, version }: { change: KontaskChange; version: number | undefined }, acting: Acting) {
    const stored = this.#requireVersion(id, version);
    const { kontask } = stored;
    const status = change.status ?? kontask.status;
    if (!mayFollow(kontask.status, status)) {
      throw new KonuiError('KONTASK_STATE', `a kontask that is ${kontask.status} cannot become ${status}`);
    }
    const { context, ...fields } = change;
    const next = Kontask.parse({
      ...withChanges(kontask, fields),
      ...(context === undefined ? {} : { context: { ...kontask.context, ...context } }),
    });
    if (isDeepStrictEqual(next, kontask)) return this.get(id);
    // What is larger already, from an earlier version, can still be finished.
    if (context !== undefined && restBytesOf(next) > restBytesOf(kontask)) checkSize(next);
    next.updatedAt = this.#now().toISOString();
    const words = change.status === undefined ? Object.keys(change).join(', ') : change.status;
    const claimedBy = status === 'in_progress' ? stored.claimedBy : undefined;
    return this.#update(stored, { kontask: next, claimedBy, change: words }, acting);
  }

  /** A request is done by one agent: the second claim throws KONTASK_STATE; the same one again is answered again. */
  claim(id: string, { claimId, by }: ClaimRequest, acting: Acting): KontaskAnswer {
    const stored = this.#require(id);
    if (stored.kontask.status === 'in_progress' && stored.claimedBy === claimId) return this.get(id);
    if (stored.kontask.status !== 'requested') {
      throw new KonuiError('KONTASK_STATE', `this kontask is ${stored.kontask.status} and cannot be claimed`);
    }
    const kontask = Kontask.parse({
      ...stored.kontask,
      status: 'in_progress',
      updatedAt: this.#now().toISOString(),
    });
    return this.#update(stored, { kontask, claimedBy: claimId, change: `in_progress: ${by}` }, acting);
  }

  /** Who took a request and has it still. */
  isClaimedBy(id: string, claimId: string): boolean {
    const stored = this.#table.find(id);
    return stored?.kontask.status === 'in_progress' && stored.claimedBy === claimId;
  }

  /** A line of the history about something that changes nothing. */
  note(id: string, what: string, { by }: Acting): void {
    this.#table.record(this.#require(id).place, { at: this.#now().toISOString(), by, change: what });
    this.#tellOf(id);
  }

  /** Throws KONTASK_NOT_FOUND, KONTASK_CHANGED where `version` is not the present one. */
  remove(id: string, version?: number): void {
    const { place } = this.#requireVersion(id, version);
    this.#table.transaction(() => this.#table.remove(place));
    this.#tell({ type: 'removed', kontaskId: id });
  }

  markRead(id: string): void {
    const stored = this.#require(id);
    if (!stored.isUnread) return;
    this.#table.markRead(stored.place);
    this.#tellOf(id);
  }

  /** The choice that a button stands for. Throws CHOICE_NOT_FOUND. */
  choice(id: string, index: number): { kontask: Kontask; choice: KontaskChoice } {
    const { kontask } = this.#require(id);
    const choice = kontask.context.choices?.[index];
    if (choice === undefined) throw new KonuiError('CHOICE_NOT_FOUND', `this kontask has no choice ${index}`);
    return { kontask, choice };
  }

  /** An action that was taken before under this id; throws IDEMPOTENCY_CONFLICT where it was another one. */
  knownAction(id: string, index: number, { promptId, sessionId }: ChoiceRequest): KontaskAction | undefined {
    const known = this.#table.findAction(promptId);
    if (known === undefined) return undefined;
    const isForOther = sessionId !== undefined && sessionId !== known.sessionId;
    if (isForOther || known.place !== this.#require(id).place || known.choiceIndex !== index) {
      throw new KonuiError('IDEMPOTENCY_CONFLICT', 'this promptId was used for another action');
    }
    const { place: _place, ...action } = known;
    return action;
  }

  /** Stored before the prompt is forwarded, so that a resend finds its session again. */
  recordAction(id: string, action: Omit<KontaskAction, 'at'>): void {
    const { place } = this.#require(id);
    this.#table.addAction(place, { ...action, at: this.#now().toISOString() });
    this.#tellOf(id);
  }

  /** Takes back the record of an action whose prompt was refused. */
  forgetAction(id: string, { promptId }: Pick<KontaskAction, 'promptId'>): void {
    this.#table.removeAction(promptId);
    this.#tellOf(id);
  }

  /** Requests for somebody that nobody has taken. */
  requestsFor(targetUser: string): KontaskSummary[] {
    return this.#table.list({ status: 'requested', targetUser, limit: 200 }).kontasks;
  }

  #known(id: KontaskId, requestSha256: string): string | undefined {
    const stored = this.#table.find(id);
    if (stored === undefined) return undefined;
    if (stored.requestSha256 === requestSha256) return id;
    throw new KonuiError('IDEMPOTENCY_CONFLICT', `kontask ${id} exists already, with other content`);
  }

  #require(id: string): StoredKontask {
    const stored = this.#table.find(id);
    if (stored === undefined) throw new KonuiError('KONTASK_NOT_FOUND', 'there is no such kontask');
    return stored;
  }

  #requireVersion(id: string, version: number | undefined): StoredKontask {
    const stored = this.#require(id);
    if (version === undefined || version === stored.version) return stored;
    throw new KonuiError('KONTASK_CHANGED', `this kontask has version ${stored.version} now, not ${version}`);
  }

  #insert(kontask: Kontask, made: { requestSha256: string; acting: Acting; change: string }): KontaskAnswer {
    const { requestSha256, acting, change } = made;
    const at = this.#now().toISOString();
    this.#table.transaction(() => {
      const place = this.#table.insert(kontask, { isUnread: isNewsOf(acting), requestSha256 });
      this.#table.record(place, { at, by: acting.by, change });
    });
    this.#tellOf(kontask.id);
    return this.get(kontask.id);
  }

  #update(
    stored: StoredKontask,
    { kontask, claimedBy, change }: { kontask: Kontask; claimedBy: string | undefined; change: string },
    acting: Acting,
  ): KontaskAnswer {
    const endsNow = hasEnded(kontask.status) && kontask.status !== stored.kontask.status;
    const isUnread = stored.isUnread || (endsNow && isNewsOf(acting));
    const version = stored.version + 1;
    this.#table.transaction(() => {
      this.#table.update(stored.place, kontask, { version, isUnread, claimedBy });
      this.#table.record(stored.place, { at: kontask.updatedAt, by: acting.by, change });
    });
    this.#tellOf(kontask.id);
    return this.get(kontask.id);
  }

  #tellOf(id: string): void {
    this.#tell({ type: 'upserted', kontask: toSummary(this.#require(id)) });
  }

  #tell(news: KontaskNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}

/** What a person did is no news to people. */
function isNewsOf({ by }: Acting): boolean {
  return by.type !== 'person';
}

/** What a change sets to null is taken away; an unknown field of the record may be null by itself. */
function withChanges(kontask: Kontask, changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...kontask, ...changes }).filter(([name]) => changes[name] !== null));
}

/** A creation says nothing of these. */
function withoutReserved(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { createdAt: _createdAt, updatedAt: _updatedAt, createdBy: _createdBy, ...rest } = fields;
  return rest;
}

/** Throws FRAME_TOO_LARGE. */
function checkSize(kontask: Kontask): void {
  if (restBytesOf(kontask) <= MAX_KONTASK_REST_BYTES) return;
  throw new KonuiError('FRAME_TOO_LARGE', `a kontask may have ${MAX_KONTASK_REST_BYTES} bytes beside its output`);
}

/** Of everything but the output, which has a limit of its own. */
function restBytesOf({ context: { output: _output, ...context }, ...fields }: Kontask): number {
  return Buffer.byteLength(JSON.stringify({ ...fields, context }));
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
