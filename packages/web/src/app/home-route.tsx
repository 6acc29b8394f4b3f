import type { ReactNode } from 'react';
import { StartPage } from '../features/start/start-page.tsx';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';

export function HomeRoute(): ReactNode {
  const { sessions, state } = useStore(useServices().sessionList);
  return <StartPage sessions={sessions} state={state} />;
}
