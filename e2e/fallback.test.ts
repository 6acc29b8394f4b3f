import { createServer, request, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { findBrowser, isPresent, launchBrowser, type RunningKonui, startKonui } from '@konui/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendPrompt, startSession } from './session-page.ts';

const chromium = findBrowser();

/** A proxy as some companies have one: HTTP passes, upgrades do not. */
function createProxy(): { server: Server; setTarget(port: number): void } {
  let target = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const forwarded = request({ host: '127.0.0.1', port: target, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'));
  return {
    server,
    setTarget: (port) => {
      target = port;
    },
  };
}

describe.runIf(isPresent(chromium))('a browser', () => {
  const proxy = createProxy();
  let proxied: string;
  let konui: RunningKonui;
  let browser: Browser;

  beforeAll(async () => {
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    const { port } = proxy.server.address() as AddressInfo;
    proxied = `http://127.0.0.1:${port}`;
    konui = await startKonui({ flags: ['--allowed-hosts', `127.0.0.1:${port}`, '--allowed-origins', proxied] });
    proxy.setTarget(Number(new URL(konui.url).port));
    if (chromium.available) browser = await launchBrowser(chromium.path);
  });
  afterAll(async () => {
    await browser.close();
    await konui.close();
    proxy.server.closeAllConnections();
    proxy.server.close();
  });

  const streamsOf = (page: Page): string[] => {
    const paths: string[] = [];
    page.on('request', (sent) => paths.push(new URL(sent.url()).pathname));
    return paths;
  };
  const words = (page: Page): Promise<string[]> =>
    page.getByRole('log').evaluate((log) => log.textContent?.match(/w\d+(?=@)/g) ?? []);

  it('[A12] works through a proxy that lets no WebSocket pass: it prompts, reads, allows and reloads', async () => {
    const page = await browser.newPage();
    const paths = streamsOf(page);
    const link = konui.link.replace(konui.url, proxied);
    await startSession(page, { ...konui, link }, { agent: /Demo/, project: join(konui.project, 'fallback') });
    await sendPrompt(page, '/run echo through-the-stream');
    await page.getByTestId('permission').locator('[data-option-kind=allow_once]').click();
    await page.getByTestId('run-end').first().waitFor();
    await sendPrompt(page, '/every 20 200');
    await page.waitForFunction(
      () => (document.querySelector('[role=log]')?.textContent?.match(/@/g) ?? []).length > 40,
    );
    await page.reload();
    await page.getByTestId('run-end').nth(1).waitFor();
    await expect.poll(() => words(page)).toEqual(Array.from({ length: 200 }, (_, index) => `w${index + 1}`));
    expect(paths).toContain('/api/stream');
    expect(paths.some((path) => /^\/api\/stream\/[^/]+\/frames$/.test(path))).toBe(true);
    await page.close();
  });

  it('[A12] opens no stream while a WebSocket works', async () => {
    const page = await browser.newPage();
    const paths = streamsOf(page);
    await startSession(page, konui, { agent: /Demo/, project: join(konui.project, 'socket') });
    await sendPrompt(page, '/stream 20');
    await page.getByTestId('run-end').first().waitFor();
    expect(paths.filter((path) => path.startsWith('/api/stream'))).toEqual([]);
    await page.close();
  });
});
