import type { BoundSession } from '../access/access.ts';
import type { Authorization } from '../access/authorization.ts';
import type { Identity } from '../identity.ts';
import type { NoticeType, PushAction } from './push-payload.ts';
import { type Notice, toPayload } from './push-payload.ts';
import type { PushMessage, PushOutcome } from './push-sender.ts';
import type { PushChoice, PushSubscription, PushSubscriptions } from './push-subscriptions.ts';

export interface PushNotifierOptions {
  readonly subscriptions: PushSubscriptions;
  readonly sender: { send(subscription: PushSubscription, message: PushMessage): Promise<PushOutcome> };
  readonly authorization: Authorization;
  /** The person's own choice, for devices that made none. */
  readonly setting: () => unknown;
}

/** How a subscription names each type, and how the person's setting does. */
const CHOICES: Readonly<Record<NoticeType, keyof PushChoice>> = {
  permission: 'permissions',
  question: 'questions',
  finished: 'finished',
  failed: 'finished',
  limit: 'limits',
  kontask: 'kontasks',
};

/** Tells every device that wants and may know. What goes wrong stays here: nobody waits for a push service. */
export class PushNotifier {
  readonly #options: PushNotifierOptions;

  constructor(options: PushNotifierOptions) {
    this.#options = options;
  }

  get hasListeners(): boolean {
    return this.#options.subscriptions.list().length > 0;
  }

  /** About a session, or, without one, for those who are not bound to any. `actionsFor` makes the buttons of a device. */
  notify(
    notice: Notice,
    {
      session,
      actionsFor,
    }: { session?: BoundSession; actionsFor?: (identity: Identity) => readonly PushAction[] } = {},
  ): void {
    for (const subscription of this.#audience(session)) {
      if (!this.#isWanted(notice.type, subscription.what)) continue;
      const payload = toPayload({ ...notice, actions: actionsFor?.(subscription.identity) ?? [] });
      const isUrgent = notice.type === 'permission' || notice.type === 'question';
      void this.#send(subscription, { payload, tag: notice.tag, isUrgent });
    }
  }

  /** Takes a notification back. */
  clear(tag: string, session: BoundSession): void {
    const { sessionId } = session;
    const payload = toPayload({ type: 'cleared', tag, title: '', body: '', url: `/s/${sessionId}`, sessionId });
    for (const subscription of this.#audience(session)) void this.#send(subscription, { payload, tag, isUrgent: true });
  }

  /** To somebody's own devices; how many took it. */
  async test(identity: Identity): Promise<{ sent: number; failed: number }> {
    const title = 'Notifications work';
    const url = '/settings/notifications';
    const payload = toPayload({ type: 'test', tag: 'test', title, body: 'This is what they look like.', url });
    const outcomes = await Promise.all(
      this.#options.subscriptions
        .of(identity)
        .map((subscription) => this.#send(subscription, { payload, tag: 'test', isUrgent: true })),
    );
    const sent = outcomes.filter((outcome) => outcome === 'sent').length;
    return { sent, failed: outcomes.length - sent };
  }

  #audience(session: BoundSession | undefined): readonly PushSubscription[] {
    const { subscriptions, authorization } = this.#options;
    return subscriptions.list().filter(({ identity }) => {
      if (session !== undefined) return authorization.sees(identity, session);
      return authorization.may(identity, ['read']) && !authorization.isBound(identity);
    });
  }

  #isWanted(type: NoticeType, what: PushChoice): boolean {
    const setting = this.#options.setting();
    const chosen = Object.entries(typeof setting === 'object' && setting !== null ? setting : {});
    const choice = CHOICES[type];
    return (what[choice] ?? chosen.find(([name]) => name === choice)?.[1]) !== false;
  }

  async #send(subscription: PushSubscription, message: PushMessage): Promise<PushOutcome> {
    const outcome = await this.#options.sender.send(subscription, message);
    if (outcome === 'gone') this.#options.subscriptions.remove(subscription.endpoint);
    return outcome;
  }
}
