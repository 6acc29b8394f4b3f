import { type FSWatcher, statSync, watch } from 'node:fs';
import type { Logger } from 'pino';

/** An editor that saves touches a folder several times. */
const SETTLE_MS = 60;

interface FolderWatchOptions {
  readonly folder: string;
  readonly onChange: () => void;
  readonly log: Logger;
}

/** Tells soon after something in a folder changed, where the system tells of that. The folder may come and go. */
export class FolderWatch {
  readonly #options: FolderWatchOptions;
  #watcher: FSWatcher | undefined;
  #watched: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isWarned = false;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
  }

  /** Watches the folder that is there now. Asked often: it costs one look at the folder. */
  renew(): void {
    const identity = identityOf(this.#options.folder);
    if (identity === this.#watched) return;
    this.close();
    if (identity === undefined) return;
    try {
      const watcher = watch(this.#options.folder, { persistent: false });
      watcher.on('change', () => {
        this.#tellSoon();
        // Gone, or another one of the same name: this watcher hears no more.
        if (identityOf(this.#options.folder) !== this.#watched) this.#stop();
      });
      watcher.on('error', (error) => this.#fail(error));
      this.#watcher = watcher;
      this.#watched = identity;
    } catch (error) {
      this.#fail(error);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stop();
  }

  #stop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#watched = undefined;
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#options.onChange();
    }, SETTLE_MS).unref();
  }

  /** No watches left, or a file system without them: pages then see a change when they ask next. */
  #fail(err: unknown): void {
    this.#stop();
    if (!this.#isWarned) this.#options.log.warn({ err }, 'the folder of layouts cannot be watched');
    this.#isWarned = true;
  }
}

function identityOf(folder: string): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`;
}
