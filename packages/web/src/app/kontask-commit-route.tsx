import type { ReactNode } from 'react';
import { CommitPage } from '../features/kontasks/commit-page.tsx';
import { useServices } from './services.ts';

/** `/kontasks/:id/commit`: what the commit that it names changes. */
export function KontaskCommitRoute({ params }: { params: Readonly<Record<string, string | undefined>> }): ReactNode {
  const { kontasks } = useServices();
  const kontaskId = params['id'] ?? '';
  return <CommitPage key={kontaskId} kontaskId={kontaskId} api={kontasks} />;
}
