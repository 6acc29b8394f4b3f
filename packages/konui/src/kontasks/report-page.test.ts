import { expect, it } from 'vitest';
import { reportPage } from './report-page.ts';

const text = (html: string) => reportPage(html, { isFramed: true }).text();

it('[KON6] takes the meaning from meta and base, however they are written, and leaves all else as it is', async () => {
  const body = await text(
    '<META http-equiv=refresh content="0;url=https://x.example/"><base/href=//x><p style="color:#16a34a20">a <--SSE--> b</p>',
  );
  expect(body).not.toMatch(/<(meta|base)[\s/>]/i);
  expect(body).toContain('<p style="color:#16a34a20">a <--SSE--> b</p>');
  expect(await text('<metadata>kept</metadata> <basefont>')).toContain('<metadata>kept</metadata> <basefont>');
});

it('[KON6] may run nothing and load nothing, and is sandboxed where it is opened by itself', () => {
  const policy = (isFramed: boolean) => reportPage('', { isFramed }).headers.get('content-security-policy') ?? '';
  expect(policy(true)).toContain("default-src 'none'; style-src 'unsafe-inline'");
  expect(policy(true)).not.toMatch(/sandbox|script-src/);
  expect(policy(false)).toMatch(/; sandbox$/);
});
