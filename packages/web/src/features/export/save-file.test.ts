import { expect, it } from 'vitest';
import { fileName } from './save-file.ts';

it('names a file so that any file system takes it', () => {
  const at = new Date('2026-01-31T10:00:00Z');
  expect(fileName('Fix: the "login"/../etc', at, 'html')).toBe('fix-the-login-etc-2026-01-31.html');
  expect(fileName('Tür öffnen 你好', at, 'markdown')).toBe('tür-öffnen-你好-2026-01-31.md');
  expect(fileName('…', at, 'json')).toBe('session-2026-01-31.jsonl');
});
