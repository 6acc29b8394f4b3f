import { expect, it } from 'vitest';
import { toPayload } from './push-payload.ts';

it('[PUSH4] a payload has at most 3 KiB, and no character is cut in half', () => {
  const action = { action: 'allow', title: 'Allow', token: 'x'.repeat(43) } as const;
  for (const body of ['short', '😀'.repeat(5000), 'a'.repeat(100_000), '\u0000"\\'.repeat(2000)]) {
    const notice = { type: 'permission', tag: 't', title: 'A title', body, url: '/s/1', actions: [action] };
    const payload = toPayload(notice);
    expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(3072);
    const shown: unknown = JSON.parse(payload);
    expect(shown).toMatchObject({ v: 1, title: 'A title', actions: [action] });
    expect(payload.isWellFormed()).toBe(true);
  }
  expect(JSON.parse(toPayload({ type: 'cleared', tag: 't', title: '', body: '', url: '/' }))).toEqual({
    v: 1,
    type: 'cleared',
    tag: 't',
    title: '',
    body: '',
    url: '/',
  });
});
