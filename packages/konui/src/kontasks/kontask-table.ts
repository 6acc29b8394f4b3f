import type { DatabaseSync } from 'node:sqlite';
import type { Kontask, KontaskAction, KontaskChangeRecord, KontaskList, KontaskQuery, Origin } from '@konui/protocol';
import { type StoredKontask, toAction, toChangeRecord, toStored, toSummary, toSummaryOfRow } from './kontask-rows.ts';
import { toMatch, wordsOf } from './kontask-words.ts';

/** The kontasks as they lie in konui.db; says nothing of what may become of them. */
export class KontaskTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec('PRAGMA foreign_keys = ON');
  }

  find(id: string): StoredKontask | undefined {
    const row = this.#database
      .prepare('SELECT * FROM kontasks JOIN kontask_records USING (place) WHERE id = ?')
      .get(id);
    return row === undefined ? undefined : toStored(row);
  }

  insert(kontask: Kontask, { isUnread, requestSha256 }: { isUnread: boolean; requestSha256: string }): number {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO kontasks (id, summary, version, is_unread, type, status, scope, target_user, created_at, request_sha256)
         VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        kontask.id,
        JSON.stringify(toSummary({ kontask, version: 1, isUnread })),
        isUnread ? 1 : 0,
        kontask.type,
        kontask.status,
        kontask.scope ?? null,
        kontask.targetUser ?? null,
        Date.parse(kontask.createdAt),
        requestSha256,
      );
    const place = Number(lastInsertRowid);
    this.#database
      .prepare('INSERT INTO kontask_records (place, record) VALUES (?, ?)')
      .run(place, JSON.stringify(kontask));
    this.#index(place, kontask);
    return place;
  }

  update(
    place: number,
    kontask: Kontask,
    { version, isUnread, claimedBy }: { version: number; isUnread: boolean; claimedBy: string | undefined },
  ): void {
    this.#database
      .prepare(
        `UPDATE kontasks SET summary = ?, version = ?, is_unread = ?, type = ?, status = ?, scope = ?,
           target_user = ?, claimed_by = ? WHERE place = ?`,
      )
      .run(
        JSON.stringify(toSummary({ kontask, version, isUnread })),
        version,
        isUnread ? 1 : 0,
        kontask.type,
        kontask.status,
        kontask.scope ?? null,
        kontask.targetUser ?? null,
        claimedBy ?? null,
        place,
      );
    this.#database.prepare('UPDATE kontask_records SET record = ? WHERE place = ?').run(JSON.stringify(kontask), place);
    this.#unindex(place);
    this.#index(place, kontask);
  }

  remove(place: number): void {
    this.#unindex(place);
    this.#database.prepare('DELETE FROM kontasks WHERE place = ?').run(place);
  }

  markRead(place: number): void {
    this.#database.prepare('UPDATE kontasks SET is_unread = 0 WHERE place = ?').run(place);
  }

  history(place: number): KontaskChangeRecord[] {
    const rows = this.#database.prepare('SELECT * FROM kontask_history WHERE place = ? ORDER BY rowid').all(place);
    return rows.map(toChangeRecord);
  }

  record(place: number, { at, by, change }: KontaskChangeRecord): void {
    this.#database
      .prepare('INSERT INTO kontask_history (place, at, by, change) VALUES (?, ?, ?, ?)')
      .run(place, at, JSON.stringify(by), change);
  }

  actions(place: number): KontaskAction[] {
    const rows = this.#database.prepare('SELECT * FROM kontask_actions WHERE place = ? ORDER BY rowid').all(place);
    return rows.map(toAction);
  }

  findAction(promptId: string): (KontaskAction & { readonly place: number }) | undefined {
    const row = this.#database.prepare('SELECT * FROM kontask_actions WHERE prompt_id = ?').get(promptId);
    return row === undefined ? undefined : { ...toAction(row), place: Number(row['place']) };
  }

  addAction(place: number, action: KontaskAction & { readonly by: Origin }): void {
    this.#database
      .prepare(
        'INSERT INTO kontask_actions (prompt_id, place, choice_index, session_id, at, by) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(action.promptId, place, action.choiceIndex, action.sessionId, action.at, JSON.stringify(action.by));
  }

  removeAction(promptId: string): void {
    this.#database.prepare('DELETE FROM kontask_actions WHERE prompt_id = ?').run(promptId);
  }

  /** Newest first; the cursor is `<createdAt>:<place>` of the last row. */
  list(query: KontaskQuery): KontaskList {
    const where: string[] = [];
    const values: (string | number)[] = [];
    const demand = (condition: string, ...given: (string | number)[]): void => {
      where.push(condition);
      values.push(...given);
    };
    if (query.status !== undefined) demand('status = ?', query.status);
    if (query.type !== undefined) demand('type = ?', query.type);
    if (query.scope !== undefined) demand('scope = ?', query.scope);
    if (query.targetUser !== undefined) demand('target_user = ?', query.targetUser);
    // The plus has SQLite go through the newest until there are enough, rather than fetch and sort all that match.
    const tags = typeof query.tag === 'string' ? [query.tag] : (query.tag ?? []);
    for (const tag of tags) demand('+place IN (SELECT place FROM kontask_tags WHERE tag = ?)', tag);
    const match = query.q === undefined ? undefined : toMatch(query.q);
    if (match !== undefined) demand('+place IN (SELECT value FROM json_each(?))', this.#placesOf(match));
    const condition = (conditions: readonly string[]): string =>
      conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const total = this.#count(`SELECT count(*) AS n FROM kontasks ${condition(where)}`, values);
    const cursor = /^(-?\d{1,16}):(\d{1,16})$/.exec(query.cursor ?? '');
    if (cursor !== null) demand('(created_at, place) < (?, ?)', Number(cursor[1]), Number(cursor[2]));
    const rows = this.#database
      .prepare(
        `SELECT place, summary, version, is_unread, created_at FROM kontasks ${condition(where)}
         ORDER BY created_at DESC, place DESC LIMIT ?`,
      )
      .all(...values, query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      kontasks: page.map(toSummaryOfRow),
      nextCursor:
        rows.length > query.limit && last !== undefined
          ? `${String(last['created_at'])}:${String(last['place'])}`
          : null,
      total,
      unread: this.#count('SELECT count(*) AS n FROM kontasks WHERE is_unread = 1', []),
    };
  }

  /** What can be chosen from in the list's filters. */
  facets(): { types: string[]; scopes: string[]; tags: string[]; targetUsers: string[] } {
    const names = (sql: string): string[] =>
      this.#database
        .prepare(sql)
        .all()
        .map((row) => String(row['name']));
    return {
      types: names('SELECT DISTINCT type AS name FROM kontasks ORDER BY name LIMIT 200'),
      scopes: names('SELECT DISTINCT scope AS name FROM kontasks WHERE scope IS NOT NULL ORDER BY name LIMIT 200'),
      tags: names('SELECT tag AS name FROM kontask_tags GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 200'),
      targetUsers: names(
        'SELECT DISTINCT target_user AS name FROM kontasks WHERE target_user IS NOT NULL ORDER BY name LIMIT 200',
      ),
    };
  }

  /** All of it or nothing. */
  transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** As JSON: found once, to be counted and to be listed. */
  #placesOf(match: string): string {
    const sql = 'SELECT rowid AS place FROM kontask_terms WHERE kontask_terms MATCH ?';
    const rows = this.#database.prepare(sql).all(match);
    return JSON.stringify(rows.map(({ place }) => place));
  }

  #count(sql: string, values: readonly (string | number)[]): number {
    return Number(this.#database.prepare(sql).get(...values)?.['n'] ?? 0);
  }

  #index(place: number, kontask: Kontask): void {
    const addTag = this.#database.prepare('INSERT OR IGNORE INTO kontask_tags (tag, place) VALUES (?, ?)');
    for (const tag of kontask.tags) addTag.run(tag, place);
    const { title, description, output, names } = wordsOf(kontask);
    this.#database
      .prepare('INSERT INTO kontask_terms (rowid, title, description, output, names) VALUES (?, ?, ?, ?, ?)')
      .run(place, title, description, output, names);
  }

  #unindex(place: number): void {
    this.#database.prepare('DELETE FROM kontask_tags WHERE place = ?').run(place);
    this.#database.prepare('DELETE FROM kontask_terms WHERE rowid = ?').run(place);
  }
}
