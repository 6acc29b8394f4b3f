import type { KontaskStatus, KontaskSummary } from '@konui/protocol';
import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { kontaskDate } from './kontask-date.ts';
import { typeText } from './kontask-words.ts';

export const KontaskRow = memo(function KontaskRow({ kontask }: { kontask: KontaskSummary }): ReactNode {
  const { id, title, description, type, scope, tags, createdBy, targetUser, createdAt, isUnread, status } = kontask;
  return (
    <li>
      <Link href={`/kontasks/${encodeURIComponent(id)}`} className="kontask-row" data-testid="kontask-row">
        <span className="kontask-row-head">
          {isUnread && (
            <span className="unread-dot">
              <span className="visually-hidden">{en.kontasks.isUnread}</span>
            </span>
          )}
          <strong className="kontask-row-title">{title}</strong>
          <StatusChip status={status} />
        </span>
        {description !== '' && <span className="kontask-row-text soft">{description}</span>}
        <span className="kontask-row-facts soft">
          <span>{typeText(type)}</span>
          {scope !== undefined && <span>{scope}</span>}
          <span>{en.kontasks.by(createdBy)}</span>
          {targetUser !== undefined && <span>{en.kontasks.for(targetUser)}</span>}
          {tags.map((tag) => (
            <span key={tag} className="chip">
              {tag}
            </span>
          ))}
          <time className="when" dateTime={createdAt}>
            {kontaskDate(createdAt)}
          </time>
        </span>
      </Link>
    </li>
  );
});

export function StatusChip({ status }: { status: KontaskStatus }): ReactNode {
  return (
    <span className="chip kontask-status" data-status={status}>
      {en.kontaskStatus[status]}
    </span>
  );
}
