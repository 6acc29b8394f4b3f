import type { ReactNode } from 'react';
import type { AccessTokenRow } from '@konui/client';
import { AccessRight } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { agoText } from '../../../ui/duration.ts';

interface TokenRowProps {
  readonly row: AccessTokenRow;
  readonly nowMs: number;
  readonly onRevoke: () => void;
}

export function TokenRow({ row, nowMs, onRevoke }: TokenRowProps): ReactNode {
  const words = enSettings.access;
  const isBound = row.sessionIds !== undefined || row.projectPaths !== undefined;
  const isAll = AccessRight.options.every((right) => row.rights.includes(right)) && !isBound;
  return (
    <li className="setting-row">
      <div className="setting-row-text">
        <span className="setting-row-name">
          {row.name}
          {row.isOwn && <span className="chip own">{words.own}</span>}
        </span>
        <span className="soft">{usageText(row, nowMs)}</span>
        <span className="setting-chips">
          {isAll && <span className="chip">{words.all}</span>}
          {!isAll &&
            row.rights.map((right) => (
              <span key={right} className="chip">
                {words.rights[right].name}
              </span>
            ))}
          {row.needsReview === true && <span className="chip">{words.reviewed}</span>}
          {isBound && (
            <span className="chip" title={(row.projectPaths ?? []).join('\n')}>
              {words.bound((row.sessionIds ?? []).length + (row.projectPaths ?? []).length)}
            </span>
          )}
        </span>
      </div>
      <button type="button" className="button" aria-label={`${words.revoke}: ${row.name}`} onClick={onRevoke}>
        {words.revoke}
      </button>
    </li>
  );
}

function usageText({ lastUsedAt, createdAt, device, expiresAt }: AccessTokenRow, nowMs: number): string {
  const words = enSettings.access;
  const used = lastUsedAt === null ? words.never : words.lastUsed(agoText(Date.parse(lastUsedAt), nowMs));
  const parts = [
    device === null || lastUsedAt === null ? used : `${used} ${words.by(device)}`,
    words.created(agoText(Date.parse(createdAt), nowMs)),
    ...(expiresAt === null ? [] : [words.expires(new Date(expiresAt).toLocaleDateString())]),
  ];
  return parts.join(' · ');
}
