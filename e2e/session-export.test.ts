import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { problemsOf, sendPrompt } from './session-page.ts';
import { sessionParts } from './session-parts.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();
const HOSTILE = '<img src=x onerror=alert(1)> </script><script>alert(1)</script> [a](javascript:alert(1))';

describe.runIf(isPresent(chromium))('a session taken out of Konui', () => {
  const own = useKonuiPage();
  const { button, endings, inMenu, start } = sessionParts(own);

  it('shows the log as it stands, and exports the session in three formats', async () => {
    await start('export');
    await sendPrompt(own.page, `/stream 1 ${HOSTILE}`);
    await endings().waitFor();
    await inMenu('Raw log');
    await expect.poll(() => own.page.getByLabel('Events as JSON lines').innerText()).toContain('"kind":"run_started"');
    await own.page.keyboard.press('Escape');

    await inMenu('Export…');
    const save = async (name: RegExp): Promise<string> => {
      const waiting = own.page.waitForEvent('download');
      await button(name).click();
      return readFileSync(await (await waiting).path(), 'utf8');
    };
    const markdown = await save(/^Markdown file/);
    expect(markdown).toContain(`## You\n\n/stream 1 ${HOSTILE}`);
    const lines = (await save(/^JSON lines/)).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(lines.map((_, index) => index + 1));
    const html = await save(/^One HTML file/);
    await own.page.keyboard.press('Escape');
    await expectHarmless(html);
  });

  /** Opens the file in a browser that would notice a script, a request or a dialog. */
  async function expectHarmless(html: string): Promise<void> {
    const server = createServer((_request, answer) => answer.setHeader('content-type', 'text/html').end(html));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const other = await own.context.newPage();
    const requests: string[] = [];
    const dialogs: string[] = [];
    other.on('request', (request) => requests.push(request.url()));
    other.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const reported = problemsOf(other);
    try {
      await other.goto(`http://127.0.0.1:${port}/`);
      await other.getByRole('heading', { level: 2, name: /You/ }).waitFor();
      await other.getByText(HOSTILE.slice(0, 28)).first().waitFor();
      expect(await other.locator('script, img, iframe, [onerror]').count()).toBe(0);
      expect(requests.filter((url) => !url.startsWith(`http://127.0.0.1:${port}/`))).toEqual([]);
      expect(dialogs).toEqual([]);
      expect(reported.filter((problem) => !problem.includes('favicon'))).toEqual([]);
    } finally {
      await other.close();
      await new Promise((resolve) => server.close(resolve));
    }
  }
});
