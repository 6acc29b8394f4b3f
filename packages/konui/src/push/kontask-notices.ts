import type { Kontask } from '@konui/protocol';
import type { PushNotifier } from './push-notifier.ts';
import type { ShownNotices } from './shown-notices.ts';

/** Older ones come from an import, or were changed for another reason than their end. */
const FRESH_MS = 60_000;
const MAX_TEXT = 300;

/** What a list shows of one. */
type ChangedKontask = Pick<Kontask, 'id' | 'status' | 'title' | 'description' | 'updatedAt'>;

export interface KontaskNoticesOptions {
  readonly notifier: PushNotifier;
  readonly shown: ShownNotices;
  readonly now: () => Date;
}

/** Tells of kontasks that have ended: a report is there, or what was asked for is done (SPEC PUSH3). */
export class KontaskNotices {
  readonly #options: KontaskNoticesOptions;

  constructor(options: KontaskNoticesOptions) {
    this.#options = options;
  }

  onChanged({ id, status, title, description, updatedAt }: ChangedKontask): void {
    const { notifier, shown, now } = this.#options;
    const tag = `kontask:${id}`;
    const hasEnded = status === 'completed' || status === 'failed';
    if (!hasEnded) return shown.remove(tag);
    if (shown.about(tag) === status || now().getTime() - Date.parse(updatedAt) > FRESH_MS) return;
    shown.setShown(tag, '', status);
    notifier.notify({
      type: 'kontask',
      tag,
      title: status === 'failed' ? `Failed: ${title}` : title,
      body: description.slice(0, MAX_TEXT),
      url: `/kontasks/${encodeURIComponent(id)}`,
    });
  }

  onRemoved(kontaskId: string): void {
    this.#options.shown.remove(`kontask:${kontaskId}`);
  }
}
