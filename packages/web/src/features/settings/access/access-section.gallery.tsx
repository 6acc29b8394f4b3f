import type { ReactNode } from 'react';
import type { AccessTokenRow, SettingsApi } from '@konui/client';
import { KonuiError } from '@konui/protocol';
import { defineGallery } from '../../../gallery/define-gallery.ts';
import { SettingsPage } from '../settings-page.tsx';
import { AccessSection } from './access-section.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { TokenShownDialog } from './token-shown-dialog.tsx';

const nowMs = Date.parse('2026-01-08T13:11:00.000Z');
const all = ['read', 'prompt', 'answer', 'inject', 'manage'] as const;
const base = { createdAt: '2026-01-02T10:00:00.000Z', device: null, isOwn: false, expiresAt: null };
const own: AccessTokenRow = {
  ...base,
  id: '1',
  name: 'first',
  lastUsedAt: '2026-01-08T13:10:40.000Z',
  device: 'Firefox on Linux',
  isOwn: true,
  rights: [...all],
};
const rows: readonly AccessTokenRow[] = [
  own,
  {
    ...base,
    id: '2',
    name: 'Phone',
    lastUsedAt: '2026-01-08T09:00:00.000Z',
    device: 'Chrome on Android',
    rights: ['read', 'answer'],
  },
  {
    ...base,
    id: '3',
    name: 'A script with a name that is long enough to need a second line on a phone',
    lastUsedAt: null,
    rights: ['inject'],
    needsReview: true,
    projectPaths: ['/src/shop'],
    expiresAt: '2026-02-08T00:00:00.000Z',
  },
];
const places = [{ sessionId: 's1', title: 'Tidy up the tests', projectPath: '/src/shop' }];
const nothing = (): void => undefined;
const later = (): Promise<void> => Promise.resolve();

function section(list: () => Promise<readonly AccessTokenRow[]>): () => ReactNode {
  const api: SettingsApi['accessTokens'] = {
    list,
    create: () => Promise.resolve({ id: '4', token: 't' }),
    revoke: later,
  };
  return () => (
    <main className="gallery-page">
      <SettingsPage section="access">
        <AccessSection api={api} places={places} origin="https://konui.example" nowMs={nowMs} onOwnRevoked={nothing} />
      </SettingsPage>
    </main>
  );
}

export const gallery = defineGallery({
  name: 'access-section',
  isAlone: true,
  states: {
    list: section(() => Promise.resolve(rows)),
    loading: section(() => new Promise(nothing)),
    failed: section(() => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'the server did not answer'))),
    new: () => <NewTokenDialog places={places} nowMs={nowMs} create={later} onClose={nothing} />,
    'new-reviewed': () => (
      <NewTokenDialog
        places={places}
        nowMs={nowMs}
        create={later}
        onClose={nothing}
        startsWith={{ name: 'CI', rights: ['inject'], needsReview: true }}
      />
    ),
    shown: () => (
      <TokenShownDialog
        token="Hk3vPq9s2LxWc8bTz5YdNf7RmJgA4eU6oKiQ1wVtXy0"
        origin="https://konui.example"
        onClose={nothing}
      />
    ),
    revoke: () => <RevokeDialog row={own} revoke={later} onClose={nothing} />,
  },
});
