import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { nameAttachment, toFileName } from './named-files.ts';

it.each([
  ['notes.txt', 'notes.txt'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a b.md', 'a b.md'],
  ['..', 'file'],
  ['.ssh', 'ssh'],
  ['-rf', 'rf'],
  ['a\u0000b\nc', 'abc'],
  ['gpj.\u202Egnp', 'gpj.gnp'],
  ['', 'file'],
  ['日本語.txt', '日本語.txt'],
])('[ATT4] a file that was sent as %j is named %j', (name, expected) => {
  expect(toFileName(name)).toBe(expected);
});

it('[ATT4] a long name is cut between characters and keeps its extension', () => {
  const name = toFileName(`${'語'.repeat(200)}.json`);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(name).toMatch(/^語+\.json$/);
});

it('[ATT4] an attachment lies under its name, read-only, and another whose hash begins alike elsewhere', () => {
  const home = mkdtempSync(join(tmpdir(), 'konui-files-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, 'files');
  mkdirSync(join(home, 'attachments'));
  const attachmentPath = (sha256: string) => join(home, 'attachments', sha256);
  const one = createHash('sha256').update('one').digest('hex');
  const alike = `${one.slice(0, 8)}${'0'.repeat(56)}`;
  writeFileSync(attachmentPath(one), 'one', { mode: 0o600 });
  writeFileSync(attachmentPath(alike), 'another', { mode: 0o600 });
  const options = { folder, attachmentPath };
  const named = nameAttachment(options, one, 'a.txt');
  expect(named).toBe(join(folder, one.slice(0, 8), 'a.txt'));
  expect(nameAttachment(options, one, 'a.txt')).toBe(named);
  expect(readFileSync(named, 'utf8')).toBe('one');
  expect(statSync(named).mode & 0o777).toBe(0o400);
  expect(statSync(named).ino).toBe(statSync(attachmentPath(one)).ino);
  expect(readFileSync(nameAttachment(options, alike, 'a.txt'), 'utf8')).toBe('another');
});
