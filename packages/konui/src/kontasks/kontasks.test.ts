import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CommandId,
  Kontask,
  KontaskChange,
  KontaskQuery,
  newId,
  NewKontask,
  type NewKontaskInput,
  PromptId,
  SessionId,
} from '@konui/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KONTASK_RECORD_TABLES, KONTASK_TABLES } from './kontask-tables.ts';
import { KontaskTable } from './kontask-table.ts';
import { type KontaskNews, Kontasks } from './kontasks.ts';

const person = { by: { type: 'person', device: 'Firefox' }, name: 'person' } as const;
const agent = { by: { type: 'inject', name: 'claude' }, name: 'claude' } as const;

function open() {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  database.exec(`${KONTASK_TABLES}; ${KONTASK_RECORD_TABLES}`);
  let ms = Date.parse('2026-01-08T13:11:00Z');
  const kontasks = new Kontasks({
    table: new KontaskTable(database),
    now: () => new Date((ms += 1000)),
    createId: randomUUID,
  });
  const news: KontaskNews[] = [];
  kontasks.onNews((each) => news.push(each));
  const create = (
    fields: Partial<NewKontaskInput> & { other?: unknown } = {},
    acting: typeof person | typeof agent = agent,
  ) => kontasks.create(NewKontask.parse({ title: 'A report', ...fields }), acting).answer;
  const titles = (query: Record<string, unknown>) =>
    kontasks.list(KontaskQuery.parse(query)).kontasks.map(({ title }) => title);
  return { kontasks, news, create, titles };
}

function omit(record: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

describe('a kontask', () => {
  it('[KON2] B2: is created completed as a report, and requested where it is for somebody', () => {
    const { create } = open();
    expect(create().kontask.status).toBe('completed');
    const { kontask, history, isUnread, version } = create({ targetUser: 'claude' }, person);
    expect(kontask).toMatchObject({ status: 'requested', createdBy: 'person', tags: [], type: 'general' });
    expect({ isUnread, version }).toEqual({ isUnread: false, version: 1 });
    expect(history).toEqual([{ at: expect.any(String), by: person.by, change: 'created' }]);
  });

  it('[KON2] B2: goes from requested over in progress to its end, with who did what when, and asks again', () => {
    const { kontasks, create } = open();
    const { id } = create({ targetUser: 'claude' }, person).kontask;
    const to = (status: string, acting: typeof person | typeof agent = agent) =>
      kontasks.change(id, { change: KontaskChange.parse({ status }), version: undefined }, acting);
    to('in_progress');
    const done = to('completed');
    expect(done.isUnread).toBe(true);
    expect(done.history.map(({ change }) => change)).toEqual(['created', 'in_progress', 'completed']);
    expect(() => to('in_progress')).toThrow('cannot become');
    expect(to('requested', person).kontask.status).toBe('requested');
  });

  it('[KON3] is refused a change that means an older version, and nothing is half-written', () => {
    const { kontasks, create } = open();
    const { kontask, version } = create();
    const title = (text: string) => KontaskChange.parse({ title: text });
    kontasks.change(kontask.id, { change: title('one'), version }, person);
    expect(() => kontasks.change(kontask.id, { change: title('two'), version }, person)).toThrow('has version 2');
    expect(kontasks.get(kontask.id)).toMatchObject({ version: 2, kontask: { title: 'one' } });
  });

  it('[KON3] loses what a change sets to null, and keeps what it leaves out', () => {
    const { kontasks, create, titles } = open();
    const { kontask } = create({
      scope: 'web',
      targetUser: 'claude',
      sessionId: newId(SessionId),
      tags: ['ui'],
      other: null,
    });
    const change = KontaskChange.parse({ scope: null, targetUser: null, sessionId: null });
    const changed = kontasks.change(kontask.id, { change, version: undefined }, person);
    expect(changed.kontask).toEqual({
      ...omit(kontask, ['scope', 'targetUser', 'sessionId']),
      updatedAt: changed.kontask.updatedAt,
    });
    expect(changed.history.at(-1)?.change).toBe('scope, targetUser, sessionId');
    expect(titles({ scope: 'web' })).toEqual([]);
    expect(titles({ targetUser: 'claude' })).toEqual([]);
  });

  it('[KON4] is claimed by one; the same claim again is answered again', () => {
    const { kontasks, create } = open();
    const { id } = create({ targetUser: 'claude' }, person).kontask;
    const claim = { claimId: newId(CommandId), by: 'claude' };
    expect(kontasks.claim(id, claim, agent).kontask.status).toBe('in_progress');
    expect(kontasks.claim(id, claim, agent).version).toBe(2);
    expect(() => kontasks.claim(id, { ...claim, claimId: newId(CommandId) }, agent)).toThrow('cannot be claimed');
  });

  it('[KON1] is made once for one id, and refused with other content', () => {
    const { kontasks, news } = open();
    const request = NewKontask.parse({ id: 'build-17', title: 'Build 17' });
    expect(kontasks.create(request, agent).isNew).toBe(true);
    expect(kontasks.create(request, agent).isNew).toBe(false);
    expect(() => kontasks.create({ ...request, title: 'Build 18' }, agent)).toThrow('other content');
    expect(news).toHaveLength(1);
  });

  it('[KON5] keeps an action under its id, so that a resend acts once and a repeat with another id acts again', () => {
    const { kontasks, create } = open();
    const { id } = create({ context: { choices: [{ label: 'Go', value: 'go on' }] } }).kontask;
    const action = { choiceIndex: 0, promptId: newId(PromptId), sessionId: newId(SessionId), by: person.by };
    expect(kontasks.choice(id, 0).choice.value).toBe('go on');
    expect(() => kontasks.choice(id, 1)).toThrow('no choice 1');
    expect(kontasks.knownAction(id, 0, action)).toBeUndefined();
    kontasks.recordAction(id, action);
    expect(kontasks.knownAction(id, 0, action)).toMatchObject(action);
    expect(kontasks.get(id).actions).toHaveLength(1);
    const other = create().kontask.id;
    expect(() => kontasks.knownAction(other, 0, action)).toThrow('another action');
  });

  it('is unread until it is opened, and gone when it is removed', () => {
    const { kontasks, create, news } = open();
    const { id } = create().kontask;
    expect(kontasks.list(KontaskQuery.parse({})).unread).toBe(1);
    kontasks.markRead(id);
    expect(kontasks.get(id).isUnread).toBe(false);
    kontasks.remove(id);
    expect(() => kontasks.get(id)).toThrow('no such kontask');
    expect(news.at(-1)).toEqual({ type: 'removed', kontaskId: id });
    expect(kontasks.list(KontaskQuery.parse({ q: 'report' })).total).toBe(0);
  });
});

describe('the list', () => {
  it('B9: filters by status, type, scope, tag and target user, newest first, in pages', () => {
    const { create, titles, kontasks } = open();
    create({ title: 'one', scope: 'web', tags: ['ui', 'css'] });
    create({ title: 'two', scope: 'api', tags: ['ui'], type: 'review' });
    create({ title: 'three', targetUser: 'claude' });
    expect(titles({})).toEqual(['three', 'two', 'one']);
    expect(titles({ scope: 'web' })).toEqual(['one']);
    expect(titles({ tag: 'ui' })).toEqual(['two', 'one']);
    expect(titles({ type: 'review' })).toEqual(['two']);
    expect(titles({ status: 'requested' })).toEqual(['three']);
    expect(titles({ targetUser: 'claude', status: 'completed' })).toEqual([]);
    const first = kontasks.list(KontaskQuery.parse({ limit: 2 }));
    expect(first).toMatchObject({ total: 3, nextCursor: expect.any(String) });
    expect(titles({ limit: 2, cursor: first.nextCursor })).toEqual(['one']);
    expect(kontasks.facets()).toEqual({
      types: ['general', 'review'],
      scopes: ['api', 'web'],
      tags: ['ui', 'css'],
      targetUsers: ['claude'],
    });
  });

  it('B9: finds by the beginnings of words in title, description, tags and the text of the output, and by phrases', () => {
    const { create, titles } = open();
    create({ title: 'Flaky tests', context: { output: '<p class="hidden">The <b>socket</b> closes too early</p>' } });
    create({ title: 'Sockets', description: 'closes', tags: ['network'] });
    expect(titles({ q: 'sock closes' })).toEqual(['Sockets', 'Flaky tests']);
    expect(titles({ q: '"closes too early"' })).toEqual(['Flaky tests']);
    expect(titles({ q: 'netw' })).toEqual(['Sockets']);
    expect(titles({ q: 'hidden' })).toEqual([]);
    expect(titles({ q: '"" OR * ( NEAR' })).toEqual([]);
  });
});

it('keeps kontasks of before their records lay apart, and finds them', () => {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  database.exec(KONTASK_TABLES);
  const kontask = Kontask.parse({
    id: 'old',
    type: 'general',
    status: 'completed',
    title: 'Flaky tests',
    description: '',
    context: { output: '<p>sockets</p>' },
    createdBy: 'claude',
    createdAt: '2026-01-03T08:42:14.263Z',
    updatedAt: '2026-01-03T08:42:14.263Z',
    tags: [],
  });
  database
    .prepare(
      `INSERT INTO kontasks (place, id, record, summary, version, is_unread, type, status, created_at)
       VALUES (7, 'old', ?, '{}', 2, 1, 'general', 'completed', 0)`,
    )
    .run(JSON.stringify(kontask));
  database.exec("INSERT INTO kontask_words (rowid, title, output) VALUES (7, 'Flaky tests', 'sockets')");
  database.exec(KONTASK_RECORD_TABLES);
  const table = new KontaskTable(database);
  expect(table.find('old')).toMatchObject({ place: 7, version: 2, isUnread: true, kontask });
  table.update(7, { ...kontask, title: 'Steady' }, { version: 3, isUnread: false, claimedBy: undefined });
  expect(table.list(KontaskQuery.parse({ q: 'sock' })).total).toBe(1);
  expect(table.list(KontaskQuery.parse({ q: 'flaky' })).total).toBe(0);
  table.remove(7);
  expect(table.list(KontaskQuery.parse({ q: 'sock' })).total).toBe(0);
  expect(database.prepare('SELECT count(*) AS n FROM kontask_records').get()).toEqual({ n: 0 });
});

describe('an import', () => {
  const folder = join(import.meta.dirname, '../../../../examples/kontasks');
  const files = readdirSync(folder);

  it.each(files)('B12: keeps every field of %s as it was', (name) => {
    const raw: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const { kontasks } = open();
    const kontask = Kontask.parse({ ...Object(raw), unheardOf: { of: ['later'] } });
    kontasks.import(kontask, person);
    const { kontask: stored } = kontasks.get(kontask.id);
    expect(stored).toEqual({ ...Object(raw), unheardOf: { of: ['later'] } });
    expect(Object.keys(stored)).toEqual([...Object.keys(Object(raw)), 'unheardOf']);
    expect(kontasks.import(kontask, person).isNew).toBe(false);
  });

  it('finds three examples', () => expect(files).toHaveLength(3));
});
