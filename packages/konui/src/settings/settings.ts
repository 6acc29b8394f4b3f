import type { DatabaseSync } from 'node:sqlite';

/** What a person has chosen on one device and wants on all. */
export const SETTING_NAMES = ['appearance', 'notifications', 'keyboard', 'hand-over'] as const;
export type SettingName = (typeof SETTING_NAMES)[number];

/** JSON values by name; only the pages know what they mean, but for `hand-over`. */
export class Settings {
  readonly #database: DatabaseSync;

  constructor({ database }: { database: DatabaseSync }) {
    this.#database = database;
  }

  /** Undefined where nothing was chosen. */
  get(name: SettingName): unknown {
    const row = this.#database.prepare('SELECT value FROM settings WHERE name = ?').get(name);
    return row === undefined ? undefined : JSON.parse(String(row['value']));
  }

  set(name: SettingName, value: unknown): void {
    this.#database.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)').run(name, JSON.stringify(value));
  }
}
