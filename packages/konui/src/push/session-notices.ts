import { type SessionId, SessionInfo, type SessionStateView } from '@konui/protocol';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { AgentHost, HostFeedListener } from '../host.ts';
import type { Identity } from '../identity.ts';
import type { Approvals } from './approvals.ts';
import { endNotice, needTag, permissionNotice, questionNotice } from './notice-words.ts';
import type { PushNotifier } from './push-notifier.ts';
import type { PushAction } from './push-payload.ts';
import type { ShownNotices } from './shown-notices.ts';

/** One notification of a kind for each session within this; and so long a page may take to be loaded anew. */
const PAUSE_MS = 5_000;
/** Whoever sent the prompt has hardly looked away before this. */
const MIN_RUN_MS = 30_000;

const SessionsAnswer = z.object({ sessions: z.array(SessionInfo) });

export interface SessionNoticesOptions {
  readonly host: Pick<AgentHost, 'sessions' | 'sessionState'>;
  readonly notifier: PushNotifier;
  readonly shown: ShownNotices;
  readonly approvals: Approvals;
  readonly clients: { someoneLooksAt(sessionId: string, counts: (identity: Identity) => boolean): boolean };
  readonly authorization: { may(identity: Identity, rights: readonly ['answer' | 'read']): boolean };
  readonly now: () => Date;
  readonly log: Logger;
}

/** Watches the session list for what a person has to know although they look elsewhere (SPEC PUSH3). */
export class SessionNotices {
  readonly #options: SessionNoticesOptions;
  /** The latest row of each session that may have something to tell. */
  readonly #rows = new Map<string, SessionInfo>();
  /** Sessions that are being looked at, one at a time each; true where they changed meanwhile. */
  readonly #underWay = new Map<string, boolean>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #sentAt = new Map<string, number>();

  constructor(options: SessionNoticesOptions) {
    this.#options = options;
  }

  follow(watch: { add(listener: HostFeedListener): void }): void {
    watch.add({
      onMessage: (message) => {
        if (message.type === 'session_upserted') this.#onRow(message.session);
        if (message.type === 'session_removed') this.#onRemoved(message.sessionId);
      },
      onReachable: () => void this.#list(),
      onUnreachable: () => undefined,
    });
  }

  /** Somebody who looked at the session does so no longer: what they left open is told after a while. */
  onLookedAway(sessionId: SessionId): void {
    if (this.#rows.has(sessionId)) this.#later(sessionId);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#rows.clear();
  }

  async #list(): Promise<void> {
    try {
      const { body } = await this.#options.host.sessions();
      for (const row of SessionsAnswer.parse(JSON.parse(body.toString('utf8'))).sessions) this.#onRow(row);
    } catch (error) {
      this.#options.log.info({ err: error }, 'sessions could not be looked at for notifications');
    }
  }

  #onRow(row: SessionInfo): void {
    try {
      this.#tellEnd(row);
    } catch (error) {
      this.#options.log.error({ err: error }, 'the end of a run was not notified');
    }
    const isWaiting = row.pendingPermissions + row.pendingElicitations > 0;
    if (isWaiting || this.#options.shown.about(needTag(row.sessionId)) !== undefined) {
      this.#rows.set(row.sessionId, row);
      void this.#consider(row.sessionId);
    } else this.#forget(row.sessionId);
  }

  #onRemoved(sessionId: string): void {
    const tag = needTag(sessionId);
    if (this.#options.shown.about(tag) !== undefined) this.#options.notifier.clear(tag, { sessionId });
    this.#options.shown.removeSession(sessionId);
    this.#forget(sessionId);
  }

  #forget(sessionId: string): void {
    clearTimeout(this.#timers.get(sessionId));
    this.#timers.delete(sessionId);
    this.#rows.delete(sessionId);
  }

  #tellEnd(row: SessionInfo): void {
    const { shown, notifier, clients, authorization, now } = this.#options;
    const { sessionId, runId, runStartedAt } = row;
    const open = shown.openRun(sessionId);
    if (open?.runId === runId || (open === undefined && runId === null)) return;
    shown.setOpenRun(sessionId, runId === null ? undefined : { runId, startedAt: runStartedAt ?? now().toISOString() });
    // Where the next run has begun, nobody has to do anything.
    if (open === undefined || runId !== null) return;
    const lastedMs = now().getTime() - Date.parse(open.startedAt);
    const notice = endNotice(row, lastedMs);
    if (notice === undefined || (notice.type !== 'limit' && lastedMs < MIN_RUN_MS)) return;
    if (clients.someoneLooksAt(sessionId, (identity) => authorization.may(identity, ['read']))) return;
    if (this.#mayTell(notice.tag)) notifier.notify(notice, { session: row });
  }

  /** One look at a time for each session; what changes meanwhile is looked at afterwards. */
  async #consider(sessionId: string): Promise<void> {
    if (this.#underWay.has(sessionId)) {
      this.#underWay.set(sessionId, true);
      return;
    }
    do {
      this.#underWay.set(sessionId, false);
      const row = this.#rows.get(sessionId);
      try {
        if (row !== undefined) await this.#tellNeed(row);
      } catch (error) {
        this.#options.log.info({ err: error, sessionId }, 'what a session needs was not notified');
      }
    } while (this.#underWay.get(sessionId) === true);
    this.#underWay.delete(sessionId);
  }

  async #tellNeed(row: SessionInfo): Promise<void> {
    const { host, shown, notifier, approvals, clients, authorization } = this.#options;
    const { sessionId } = row;
    const tag = needTag(sessionId);
    const told = shown.about(tag);
    if (told === undefined && !notifier.hasListeners) return;
    const need = toNeed(await host.sessionState(sessionId));
    if (need?.requestId === told) return;
    const isSeen = clients.someoneLooksAt(sessionId, (identity) => authorization.may(identity, ['answer']));
    if (told !== undefined) {
      approvals.close(told);
      shown.remove(tag);
      if (need === undefined || isSeen) notifier.clear(tag, row);
    }
    if (need === undefined || isSeen) return;
    if (!this.#mayTell(tag)) {
      // What is shown is answered, and the next one has to wait.
      if (told !== undefined) notifier.clear(tag, row);
      return this.#later(sessionId);
    }
    // Before it is sent: a gateway that dies in between tells it not at all rather than twice.
    shown.setShown(tag, sessionId, need.requestId);
    const { permission, question, more } = need;
    if (question !== undefined) return notifier.notify(questionNotice(row, question, more), { session: row });
    const notice = permissionNotice(row, permission, more);
    const actionsFor = (identity: Identity): readonly PushAction[] =>
      notice.isDestructive === undefined && authorization.may(identity, ['answer'])
        ? this.#actions(sessionId, permission, identity)
        : [];
    notifier.notify(notice, { session: row, actionsFor });
  }

  /** Only answers for this once: what holds for ever is not given in passing. */
  #actions(sessionId: string, { requestId, options }: Permission, identity: Identity): readonly PushAction[] {
    const make = (action: PushAction['action'], title: string, kind: string): readonly PushAction[] => {
      const option = options.find((offered) => offered.kind === kind);
      if (option === undefined) return [];
      const token = this.#options.approvals.create({ sessionId, requestId, optionId: option.optionId, identity });
      return [{ action, title, token }];
    };
    return [...make('allow', 'Allow', 'allow_once'), ...make('deny', 'Deny', 'reject_once')];
  }

  /** Counts as told. */
  #mayTell(tag: string): boolean {
    const now = this.#options.now().getTime();
    for (const [old, at] of this.#sentAt) if (now - at >= PAUSE_MS) this.#sentAt.delete(old);
    if (this.#sentAt.has(tag)) return false;
    this.#sentAt.set(tag, now);
    return true;
  }

  #later(sessionId: string): void {
    clearTimeout(this.#timers.get(sessionId));
    const timer = setTimeout(() => {
      this.#timers.delete(sessionId);
      void this.#consider(sessionId);
    }, PAUSE_MS);
    timer.unref();
    this.#timers.set(sessionId, timer);
  }
}

type Permission = SessionStateView['pendingPermissions'][number];
type Question = SessionStateView['pendingElicitations'][number];
type Need = { readonly requestId: string; readonly more: number } & (
  | { readonly permission: Permission; readonly question?: undefined }
  | { readonly permission?: undefined; readonly question: Question }
);

/** The oldest request: it is answered first. */
function toNeed({ pendingPermissions, pendingElicitations }: SessionStateView): Need | undefined {
  const more = pendingPermissions.length + pendingElicitations.length - 1;
  const [permission] = pendingPermissions;
  const [question] = pendingElicitations;
  if (permission !== undefined && (question === undefined || permission.seq < question.seq)) {
    return { requestId: permission.requestId, more, permission };
  }
  return question === undefined ? undefined : { requestId: question.requestId, more, question };
}
