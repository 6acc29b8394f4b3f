import { appendFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openInbox } from '@konui/log';
import { CommandId, type HomePaths, newId } from '@konui/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { appendChunks, createTempHome, createTempSession, openTempLog } from '../testing/temp-home.ts';
import { refreshIndex } from './refresh-index.ts';
import { SessionIndex } from './session-index.ts';

async function open(paths: HomePaths) {
  const index = new SessionIndex(paths);
  const onWarning = vi.fn<(message: string, fields?: object) => void>();
  onTestFinished(() => {
    try {
      index.close();
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('not open'))) throw error;
    }
  });
  const folded = await refreshIndex({ paths, index, onWarning });
  return { index, folded, onWarning };
}

function createHomeWithSession() {
  const paths = createTempHome();
  const temp = createTempSession(paths);
  const log = openTempLog(temp);
  appendChunks(log, 5);
  return { paths, temp, log };
}

it('lists the sessions that the files hold', async () => {
  const { paths, temp } = createHomeWithSession();
  const { index } = await open(paths);
  expect(index.list()).toEqual([
    { record: temp.record, summary: expect.objectContaining({ lastSeq: 6 }), marks: expect.anything() },
  ]);
  expect(statSync(paths.indexDatabase).mode & 0o777).toBe(0o600);
});

it('folds only what changed since', async () => {
  const { paths, temp, log } = createHomeWithSession();
  createTempSession(paths);
  const first = await open(paths);
  expect(first.folded).toBe(2);
  first.index.close();

  const second = await open(paths);
  expect(second.folded).toBe(0);
  second.index.close();

  appendChunks(log, 1);
  const third = await open(paths);
  expect(third.folded).toBe(1);
  expect(third.index.get(temp.sessionId)?.summary.lastSeq).toBe(7);
});

it('sees a command that was taken and not answered', async () => {
  const { paths, temp } = createHomeWithSession();
  (await open(paths)).index.close();
  const inbox = openInbox({ path: temp.files.inbox });
  inbox.append({ commandId: newId(CommandId) });
  inbox.close();
  const { index } = await open(paths);
  expect(index.get(temp.sessionId)?.summary.unansweredCommands).toBe(1);
});

it('folds again what was only partly folded when it was put', async () => {
  const { paths, temp } = createHomeWithSession();
  const first = await open(paths);
  const session = first.index.get(temp.sessionId);
  if (session === undefined) throw new Error('the session is missing');
  first.index.put({ ...session, summary: { ...session.summary, lastSeq: 1 } }, 10);
  first.index.close();
  const second = await open(paths);
  expect(second.index.get(temp.sessionId)?.summary.lastSeq).toBe(6);
});

it('is rebuilt after it was deleted', async () => {
  const { paths } = createHomeWithSession();
  (await open(paths)).index.close();
  rmSync(paths.indexDatabase);
  const { index, folded } = await open(paths);
  expect(folded).toBe(1);
  expect(index.list()).toHaveLength(1);
});

it('is rebuilt when it is no database', async () => {
  const { paths } = createHomeWithSession();
  writeFileSync(
    paths.indexDatabase,
    'this is no database, but it is longer than a header of one hundred bytes'.repeat(10),
  );
  const { index } = await open(paths);
  expect(index.wasReplaced).toBe(true);
  expect(index.list()).toHaveLength(1);
});

it('is rebuilt when it is of another version', async () => {
  const { paths } = createHomeWithSession();
  const database = new DatabaseSync(paths.indexDatabase);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const { index } = await open(paths);
  expect(index.wasReplaced).toBe(true);
  expect(index.list()).toHaveLength(1);
});

it('reads a row that does not parse from the files again', async () => {
  const { paths } = createHomeWithSession();
  (await open(paths)).index.close();
  const database = new DatabaseSync(paths.indexDatabase);
  database.exec(`UPDATE session SET summary = '{broken'`);
  database.close();
  const { index, folded } = await open(paths);
  expect(folded).toBe(1);
  expect(index.list()).toHaveLength(1);
});

it('leaves out a session whose session.json is broken, and says which', async () => {
  const { paths, temp } = createHomeWithSession();
  createTempSession(paths);
  appendFileSync(temp.files.session, '}');
  const { index, onWarning } = await open(paths);
  expect(index.list()).toHaveLength(1);
  expect(onWarning).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ sessionId: temp.sessionId }));
});

it('forgets a session whose folder is gone', async () => {
  const { paths, temp } = createHomeWithSession();
  (await open(paths)).index.close();
  rmSync(temp.files.folder, { recursive: true });
  const { index } = await open(paths);
  expect(index.list()).toEqual([]);
});
