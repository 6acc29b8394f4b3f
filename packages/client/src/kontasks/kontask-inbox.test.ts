import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { KontaskSummary } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKontasksApi } from '../api/kontasks-api.ts';
import type { Connection } from '../connection/connection-options.ts';
import { Harness, reaches } from '../testing/harness.ts';
import { createKontaskInbox, type KontaskInbox } from './kontask-inbox.ts';

let harness: Harness;
let connection: Connection;
let rest: Server;
let inbox: KontaskInbox;
/** What REST says. */
let stored: KontaskSummary[];

const kontask = (id: string, over: Partial<KontaskSummary> = {}): KontaskSummary =>
  KontaskSummary.parse({
    id,
    type: 'general',
    status: 'completed',
    title: id,
    description: '',
    createdBy: 'claude',
    createdAt: '2026-01-08T03:11:36.612Z',
    updatedAt: '2026-01-08T03:11:36.612Z',
    tags: [],
    version: 1,
    isUnread: true,
    ...over,
  });

/** As the gateway does: it is stored, then told. */
function come(...rows: KontaskSummary[]): void {
  for (const row of rows) stored = [row, ...stored.filter(({ id }) => id !== row.id)];
}

beforeEach(async () => {
  stored = [];
  rest = createServer((_request, response) => {
    const unread = stored.filter(({ isUnread }) => isUnread).length;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ kontasks: stored, nextCursor: null, total: stored.length, unread }));
  });
  rest.listen(0, '127.0.0.1');
  await once(rest, 'listening');
  harness = await Harness.start();
  connection = await harness.connected();
});
afterEach(async () => {
  inbox.close();
  await harness.stop();
  rest.close();
  rest.closeAllConnections();
  await once(rest, 'close');
});

function open(): { news: string[]; changes: string[] } {
  const address = rest.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  inbox = createKontaskInbox(connection, createKontasksApi({ baseUrl: `http://127.0.0.1:${port}`, token: 't' }));
  const heard = { news: new Array<string>(), changes: new Array<string>() };
  inbox.onNews(({ id, status }) => heard.news.push(`${id} ${status}`));
  inbox.onChange(({ type }) => heard.changes.push(type));
  return heard;
}

async function untilUnread(count: number): Promise<void> {
  while (inbox.get().state !== 'ready' || inbox.get().unread !== count) {
    await new Promise<void>((resolve) => {
      const remove = inbox.subscribe(() => {
        remove();
        resolve();
      });
    });
  }
}

describe('the inbox of kontasks', () => {
  it('[B8] counts what is unread; what was there before is no news', async () => {
    come(kontask('a'), kontask('b', { isUnread: false }));
    const { news } = open();
    await untilUnread(1);
    expect(news).toEqual([]);
  });

  it('[B8] tells of one that comes at once, and of it again only when it ends', async () => {
    const { news, changes } = open();
    await untilUnread(0);
    const asked = kontask('a', { status: 'requested' });
    come(asked);
    harness.gateway.broadcast({ kind: 'kontask_upserted', kontask: asked });
    await untilUnread(1);
    const edited = kontask('a', { status: 'requested', title: 'other', version: 2 });
    const read = kontask('a', { status: 'requested', version: 3, isUnread: false });
    come(read);
    for (const each of [edited, read]) harness.gateway.broadcast({ kind: 'kontask_upserted', kontask: each });
    await untilUnread(0);
    const done = kontask('a', { version: 4 });
    come(done);
    harness.gateway.broadcast({ kind: 'kontask_upserted', kontask: done });
    await untilUnread(1);
    expect(news).toEqual(['a requested', 'a completed']);
    expect(changes).toEqual(['upserted', 'upserted', 'upserted', 'upserted']);
  });

  it('[B8] is right after a reconnect, and tells of what came meanwhile, the oldest first', async () => {
    come(kontask('old'));
    const { news, changes } = open();
    await untilUnread(1);
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    come(kontask('a'), kontask('b'));
    connection.retry();
    await reaches(connection, 'live');
    await untilUnread(3);
    expect(news).toEqual(['a completed', 'b completed']);
    expect(changes).toEqual(['missed']);
  });

  it('one of the person’s own making is no news; one that is gone counts no more', async () => {
    const { news } = open();
    await untilUnread(0);
    inbox.expect('mine');
    come(kontask('mine'));
    harness.gateway.broadcast({ kind: 'kontask_upserted', kontask: kontask('mine') });
    await untilUnread(1);
    stored = [];
    harness.gateway.broadcast({ kind: 'kontask_removed', kontaskId: 'mine' });
    await untilUnread(0);
    expect(news).toEqual([]);
  });
});
