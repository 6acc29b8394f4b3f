import { chromium, type Browser } from 'playwright-core';
import { testConfig } from '../config.ts';

export type FoundBrowser = { available: true; path: string } | { available: false; reason: string };

/** The Chromium that `npm test` found or installed. */
export function findBrowser(): FoundBrowser {
  const { chromiumPath, chromiumProblem } = testConfig;
  if (chromiumPath !== undefined) return { available: true, path: chromiumPath };
  return { available: false, reason: chromiumProblem ?? 'set KONUI_CHROMIUM to the path of a Chromium' };
}

/** Starts a headless Chromium that talks to nobody but the pages it is given. */
export function launchBrowser(path: string): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
