import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { AccessTokens } from './access-tokens.ts';
import { recordFirstToken } from './first-token.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konui-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function withTokens<T>(use: (tokens: AccessTokens) => T): T {
  const database = openDatabase(join(folder, 'konui.db'));
  try {
    return use(new AccessTokens({ database, now: () => new Date('2026-01-08T13:11:00Z'), createId: randomUUID }));
  } finally {
    database.close();
  }
}

it('[ACC2] keeps hashes alone, across restarts', () => {
  const { id, token } = withTokens((tokens) => tokens.create('phone'));
  for (const file of ['konui.db', 'konui.db-wal']) {
    const found = statSync(join(folder, file), { throwIfNoEntry: false });
    if (found !== undefined) expect(readFileSync(join(folder, file)).includes(token)).toBe(false);
  }
  expect(statSync(join(folder, 'konui.db')).mode & 0o777).toBe(0o600);
  withTokens((tokens) => {
    expect(tokens.find(token)).toBe(id);
    expect(tokens.find(`${token}x`)).toBeUndefined();
    expect(tokens.list()).toEqual([
      {
        id,
        name: 'phone',
        createdAt: '2026-01-08T13:11:00.000Z',
        lastUsedAt: '2026-01-08T13:11:00.000Z',
        device: null,
        rights: ['read', 'prompt', 'answer', 'inject', 'manage'],
        isFull: true,
        expiresAt: null,
      },
    ]);
    expect(tokens.revoke(id)).toBe(true);
    expect(tokens.revoke(id)).toBe(false);
  });
  withTokens((tokens) => expect(tokens.find(token)).toBeUndefined());
});

it('makes the first token once, takes one that is there, and replaces one that was revoked', () => {
  const file = join(folder, 'token');
  const start = () => withTokens((tokens) => (recordFirstToken(file, tokens), readFileSync(file, 'utf8').trim()));
  const first = start();
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(start()).toBe(first);
  withTokens((tokens) => tokens.revoke(tokens.find(first) ?? ''));
  const second = start();
  expect(second).not.toBe(first);
  writeFileSync(file, 'x'.repeat(40));
  expect(start()).toBe('x'.repeat(40));
  writeFileSync(file, 'short');
  expect(start).toThrow(/delete it to get a new one/);
});
