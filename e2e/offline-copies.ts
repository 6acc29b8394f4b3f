import type { RunningKonui } from '@konui/testing';
import type { Page } from 'playwright-core';

/** What the browser keeps for reading offline, as JSON; empty where it keeps nothing. */
export async function keptOffline(page: Page, store: 'tails' | 'sessions', key: string): Promise<string> {
  return page.evaluate(
    async ([from, id]) => {
      const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('konui-offline-'));
      if (found?.name === undefined) return '';
      const opened = indexedDB.open(found.name);
      await new Promise((resolve) => opened.addEventListener('success', resolve));
      const got = opened.result.transaction(from).objectStore(from).get(id);
      await new Promise((resolve) => got.addEventListener('success', resolve));
      opened.result.close();
      return JSON.stringify(got.result) ?? '';
    },
    [store, key] as const,
  );
}

/** What the gateway itself says, past whatever stands before it for the page. */
export async function askKonui(konui: RunningKonui, path: string, options: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${konui.token}`, 'content-type': 'application/json' };
  const answer = await fetch(konui.url + path, { ...options, headers });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}
