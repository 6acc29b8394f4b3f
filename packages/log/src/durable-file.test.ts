import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAttachmentStore } from './attachment-store.ts';
import { readBootId } from './boot-id.ts';
import { writeFileAtomically } from './durable-file.ts';
import { makeFolder } from './log-fixture.ts';

describe('writeFileAtomically', () => {
  it('replaces the content, readable by its user alone, and leaves nothing else behind', () => {
    const folder = makeFolder();
    const file = path.join(folder, 'session.json');
    writeFileAtomically(file, 'old');
    writeFileAtomically(file, '{"title":"é"}');
    expect(fs.readFileSync(file, 'utf8')).toBe('{"title":"é"}');
    expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(fs.readdirSync(folder)).toEqual(['session.json']);
  });

  it('keeps the old file when the new one cannot take its place', () => {
    const folder = makeFolder();
    const file = path.join(folder, 'taken');
    fs.mkdirSync(path.join(file, 'inside'), { recursive: true });
    expect(() => writeFileAtomically(file, 'new')).toThrow('EISDIR');
    expect(fs.readdirSync(folder)).toEqual(['taken']);
  });
});

describe('the attachment store', () => {
  it('stores the same bytes once, under their hash', () => {
    const folder = path.join(makeFolder(), 'attachments');
    const store = createAttachmentStore(folder);
    const bytes = Buffer.from('some image');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(store.has(sha256)).toBe(false);
    expect([store.put(bytes), store.put(bytes)]).toEqual([sha256, sha256]);
    expect(store.has(sha256)).toBe(true);
    expect(fs.readFileSync(store.pathOf(sha256)).equals(bytes)).toBe(true);
    expect(fs.readdirSync(folder)).toEqual([sha256]);
    expect((fs.statSync(folder).mode & 0o777).toString(8)).toBe('700');
    expect((fs.statSync(store.pathOf(sha256)).mode & 0o777).toString(8)).toBe('600');
  });

  it.each(['', '..', '../../etc/passwd', 'A'.repeat(64), 'a'.repeat(63), `${'a'.repeat(64)}\n`])(
    'refuses the name %j',
    (name) => {
      const store = createAttachmentStore(makeFolder());
      expect(() => store.pathOf(name)).toThrow(RangeError);
      expect(store.has(name)).toBe(false);
    },
  );
});

it('reads the same boot id every time', () => {
  expect(readBootId()).toMatch(/^[0-9a-fA-F-]{36}$/);
  expect(readBootId()).toBe(readBootId());
});
