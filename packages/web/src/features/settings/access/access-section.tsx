import { type ReactNode, useCallback, useState } from 'react';
import type { AccessTokenRow, NewAccessToken, SettingsApi } from '@konui/client';
import { enSettings } from '../../../text/en-settings.ts';
import { Icon } from '../../../ui/icon.tsx';
import { LoadedView, useLoaded } from '../setting-parts.tsx';
import { NewTokenDialog, type TokenPlace } from './new-token-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { TokenRow } from './token-row.tsx';
import { TokenShownDialog } from './token-shown-dialog.tsx';

interface AccessSectionProps {
  readonly api: SettingsApi['accessTokens'];
  readonly places: readonly TokenPlace[];
  /** Of the gateway, for the link that signs in. */
  readonly origin: string;
  readonly nowMs: number;
  readonly onOwnRevoked: () => void;
}

type Open =
  | { readonly window: 'none' }
  | { readonly window: 'new' }
  | { readonly window: 'shown'; readonly token: string }
  | { readonly window: 'revoke'; readonly row: AccessTokenRow };

/** The access tokens that this one may see: made here, with what they may do, and revoked. */
export function AccessSection({ api, places, origin, nowMs, onOwnRevoked }: AccessSectionProps): ReactNode {
  const words = enSettings.access;
  const { loaded, reload } = useLoaded(useCallback(() => api.list(), [api]));
  const [open, setOpen] = useState<Open>({ window: 'none' });
  const close = (): void => setOpen({ window: 'none' });
  const create = async (token: NewAccessToken): Promise<void> => {
    const created = await api.create(token);
    reload();
    setOpen({ window: 'shown', token: created.token });
  };
  const revoke = async (row: AccessTokenRow, isForced: boolean): Promise<void> => {
    await api.revoke(row.id, { isForced });
    close();
    if (row.isOwn) onOwnRevoked();
    else reload();
  };
  return (
    <>
      <p>{words.lead}</p>
      <div className="setting-actions">
        <button type="button" className="button primary" onClick={() => setOpen({ window: 'new' })}>
          <Icon name="plus" />
          {words.create}
        </button>
      </div>
      <LoadedView loaded={loaded} onReload={reload}>
        {(rows) => (
          <ul className="setting-rows" aria-label={words.list}>
            {rows.toSorted(byUse).map((row) => (
              <TokenRow key={row.id} row={row} nowMs={nowMs} onRevoke={() => setOpen({ window: 'revoke', row })} />
            ))}
          </ul>
        )}
      </LoadedView>
      {open.window === 'new' && <NewTokenDialog places={places} create={create} nowMs={nowMs} onClose={close} />}
      {open.window === 'shown' && <TokenShownDialog token={open.token} origin={origin} onClose={close} />}
      {open.window === 'revoke' && (
        <RevokeDialog row={open.row} revoke={(isForced) => revoke(open.row, isForced)} onClose={close} />
      )}
    </>
  );
}

/** One's own first, then the one used last. */
function byUse(one: AccessTokenRow, other: AccessTokenRow): number {
  if (one.isOwn !== other.isOwn) return one.isOwn ? -1 : 1;
  return (other.lastUsedAt ?? other.createdAt).localeCompare(one.lastUsedAt ?? one.createdAt);
}
