import type { ComponentType } from 'react';
import * as en from '../text/en.ts';
import { createLazyPage, type PageProps } from './lazy-page.tsx';
import { SessionRoute } from './session-route.tsx';

const home = createLazyPage(async () => (await import('./home-route.tsx')).HomeRoute);
const newSession = createLazyPage(async () => (await import('./new-session-route.tsx')).NewSessionRoute);
const search = createLazyPage(async () => (await import('./search-route.tsx')).SearchRoute);
const setup = createLazyPage(async () => (await import('./setup-route.tsx')).SetupRoute);
const approve = createLazyPage(async () => (await import('./approve-route.tsx')).ApproveRoute);
const kontasks = createLazyPage(async () => (await import('./kontasks-route.tsx')).KontasksRoute);
const layouts = createLazyPage(async () => (await import('./layouts-route.tsx')).LayoutsRoute);
const kontask = createLazyPage(async () => (await import('./kontask-route.tsx')).KontaskRoute);
const kontaskCommit = createLazyPage(async () => (await import('./kontask-commit-route.tsx')).KontaskCommitRoute);
const settings = createLazyPage(async () => (await import('./settings-route.tsx')).SettingsRoute);

/** A page of the shell. */
export interface AppRoute {
  /** A pattern of wouter's: `/settings/:section?`. */
  readonly path: string;
  /** What the tab is called there; a session's page is called by its session. */
  readonly title: string;
  readonly Page: ComponentType<PageProps>;
  readonly load?: () => Promise<unknown>;
}

/** Every page; the first pattern that matches counts, and where none does, the address leads nowhere. Their code is loaded with them. */
export const routes: readonly AppRoute[] = [
  { path: '/', title: en.titles.home, ...home },
  { path: '/new', title: en.titles.newSession, ...newSession },
  { path: '/setup', title: en.titles.setup, ...setup },
  { path: '/search', title: en.titles.search, ...search },
  { path: '/approve/:request', title: en.titles.approve, ...approve },
  { path: '/kontasks', title: en.titles.kontasks, ...kontasks },
  { path: '/kontasks/layouts', title: en.titles.kontasks, ...layouts },
  { path: '/kontasks/:id', title: en.titles.kontasks, ...kontask },
  { path: '/kontasks/:id/commit', title: en.titles.kontasks, ...kontaskCommit },
  { path: '/settings/:section?', title: en.titles.settings, ...settings },
  { path: '/s/:sessionId', title: en.nav.untitled, Page: SessionRoute },
];

/** What the tab is called at a path. */
export function titleOfPage(path: string): string {
  const first = path.split('/')[1] ?? '';
  return routes.find((route) => route.path.split('/')[1] === first)?.title ?? en.notFound.title;
}

/** How long what is around a page waits for the page's own code, which is on its way since the page's address was asked for. */
const PATIENCE_MS = 200;

/** Fetches the code of the page at this path, so that all of it is drawn at once; what takes too long, or fails, is shown as such. */
export async function loadPageAt(path: string): Promise<void> {
  const load = routes.find((route) => route.path === path)?.load;
  if (load === undefined) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([load().catch(() => undefined), patience]);
  clearTimeout(timer);
}
