import { type ComponentType, lazy } from 'react';
import * as en from '../text/en.ts';
import { SessionRoute } from './session-route.tsx';

const HomeRoute = lazy(async () => ({ default: (await import('./home-route.tsx')).HomeRoute }));
const NewSessionRoute = lazy(async () => ({ default: (await import('./new-session-route.tsx')).NewSessionRoute }));
const SearchRoute = lazy(async () => ({ default: (await import('./search-route.tsx')).SearchRoute }));
const SetupRoute = lazy(async () => ({ default: (await import('./setup-route.tsx')).SetupRoute }));
const ApproveRoute = lazy(async () => ({ default: (await import('./approve-route.tsx')).ApproveRoute }));
const KontasksRoute = lazy(async () => ({ default: (await import('./kontasks-route.tsx')).KontasksRoute }));
const LayoutsRoute = lazy(async () => ({ default: (await import('./layouts-route.tsx')).LayoutsRoute }));
const KontaskRoute = lazy(async () => ({ default: (await import('./kontask-route.tsx')).KontaskRoute }));
const KontaskCommitRoute = lazy(async () => ({
  default: (await import('./kontask-commit-route.tsx')).KontaskCommitRoute,
}));
const SettingsRoute = lazy(async () => ({ default: (await import('./settings-route.tsx')).SettingsRoute }));

/** A page of the shell. */
export interface AppRoute {
  /** A pattern of wouter's: `/settings/:section?`. */
  readonly path: string;
  /** What the tab is called there; a session's page is called by its session. */
  readonly title: string;
  readonly Page: ComponentType<{ readonly params: Readonly<Record<string, string | undefined>> }>;
}

/** Every page; the first pattern that matches counts, and none leads to the overview. Their code is loaded with them. */
export const routes: readonly AppRoute[] = [
  { path: '/', title: en.titles.home, Page: HomeRoute },
  { path: '/new', title: en.titles.newSession, Page: NewSessionRoute },
  { path: '/setup', title: en.titles.setup, Page: SetupRoute },
  { path: '/search', title: en.titles.search, Page: SearchRoute },
  { path: '/approve/:request', title: en.titles.approve, Page: ApproveRoute },
  { path: '/kontasks', title: en.titles.kontasks, Page: KontasksRoute },
  { path: '/kontasks/layouts', title: en.titles.kontasks, Page: LayoutsRoute },
  { path: '/kontasks/:id', title: en.titles.kontasks, Page: KontaskRoute },
  { path: '/kontasks/:id/commit', title: en.titles.kontasks, Page: KontaskCommitRoute },
  { path: '/settings/:section?', title: en.titles.settings, Page: SettingsRoute },
  { path: '/s/:sessionId', title: en.nav.untitled, Page: SessionRoute },
];

/** What the tab is called at a path. */
export function titleOfPage(path: string): string {
  const first = path.split('/')[1] ?? '';
  return routes.find((route) => route.path.split('/')[1] === first)?.title ?? '';
}
