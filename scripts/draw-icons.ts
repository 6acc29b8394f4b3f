// Draws the app's PNG icons from their SVGs: `node scripts/draw-icons.ts`. Installing an app needs PNGs on some systems.

import { readFileSync, writeFileSync } from 'node:fs';
import { findBrowser, launchBrowser } from '@konui/testing';

const folder = new URL('../packages/web/public/icons/', import.meta.url);
const icons = [
  { from: 'icon.svg', to: 'icon-192.png', size: 192 },
  { from: 'icon.svg', to: 'icon-512.png', size: 512 },
  { from: 'maskable.svg', to: 'maskable-512.png', size: 512 },
  // iOS rounds the corners itself and shows transparency as black.
  { from: 'maskable.svg', to: 'apple-touch-icon.png', size: 180 },
  { from: 'badge.svg', to: 'badge-96.png', size: 96 },
];

const found = findBrowser();
if (!found.available) throw new Error(found.reason);
const browser = await launchBrowser(found.path);
for (const { from, to, size } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = readFileSync(new URL(from, folder), 'utf8').replace('<svg ', `<svg width="${size}" height="${size}" `);
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${svg}`);
  writeFileSync(new URL(to, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
