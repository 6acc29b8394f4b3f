import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { type ApprovalState, ApprovePage } from './approve-page.tsx';

const context = { title: 'Tidy up the tests', agent: 'claude', folder: 'shop' };

function page(approval: ApprovalState): () => ReactNode {
  const isKnown = approval.state !== 'missing' && approval.state !== 'loading';
  return () => (
    <main className="gallery-page">
      <ApprovePage approval={approval} context={isKnown ? context : undefined} sessionId="s1">
        <section className="dock permission" aria-label="npm test">
          <pre>
            <code>npm test -- --run</code>
          </pre>
        </section>
      </ApprovePage>
    </main>
  );
}

export const gallery = defineGallery({
  name: 'approve-page',
  isAlone: true,
  states: {
    open: page({ state: 'open', isConnected: true }),
    offline: page({ state: 'open', isConnected: false }),
    loading: page({ state: 'loading' }),
    done: page({ state: 'done' }),
    answered: page({ state: 'answered', who: 'You · Firefox', what: 'Allow once' }),
    'answered-without-words': page({ state: 'answered', who: 'Konui', what: undefined }),
    closed: page({ state: 'closed' }),
    missing: page({ state: 'missing' }),
  },
});
