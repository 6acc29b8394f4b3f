import type { KontasksApi } from '@konui/client';
import { KonuiError } from '@konui/protocol';
import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { CommitPage } from './commit-page.tsx';
import { sampleApi, sampleCommit } from './sample-kontasks.gallery-data.ts';

function shown(commit: KontasksApi['commit']): ReactNode {
  return (
    <main className="gallery-page">
      <CommitPage kontaskId="k1" api={sampleApi({ commit })} />
    </main>
  );
}

const many = Array.from({ length: 130 }, (_, index) => ({
  path: `src/part-${index % 9}/file-${index}.ts`,
  status: 'modified' as const,
  additions: 400,
  deletions: 20,
  isBinary: false,
}));

export const gallery = defineGallery({
  name: 'commit-page',
  isAlone: true,
  states: {
    commit: () => shown(async () => sampleCommit),
    large: () => shown(async () => ({ ...sampleCommit, files: many })),
    empty: () => shown(async () => ({ ...sampleCommit, files: [] })),
    loading: () => shown(() => new Promise(() => undefined)),
    failed: () => shown(() => Promise.reject(new KonuiError('COMMIT_NOT_FOUND', 'there is no commit 50d3593a'))),
  },
});
