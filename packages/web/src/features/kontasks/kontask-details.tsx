import type { Kontask, KontaskChangeRecord } from '@konui/protocol';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { originText } from '../../ui/origin-text.ts';
import { kontaskDate } from './kontask-date.ts';
import { StatusChip } from './kontask-row.tsx';
import { typeText } from './kontask-words.ts';

export function KontaskDetails({ kontask }: { kontask: Kontask }): ReactNode {
  const { type, status, scope, tags, createdAt, updatedAt, createdBy, targetUser } = kontask;
  const fact = (label: string, value: ReactNode): ReactNode => (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
  const date = (iso: string): ReactNode => <time dateTime={iso}>{kontaskDate(iso)}</time>;
  return (
    <dl className="kontask-facts">
      {fact(en.kontask.type, typeText(type))}
      {fact(en.kontask.status, <StatusChip status={status} />)}
      {scope !== undefined && fact(en.kontask.scope, scope)}
      {tags.length > 0 &&
        fact(
          en.kontask.tags,
          <span className="kontask-tags">
            {tags.map((tag) => (
              <Link key={tag} className="chip" href={`/kontasks?${new URLSearchParams({ tag }).toString()}`}>
                {tag}
              </Link>
            ))}
          </span>,
        )}
      {fact(en.kontask.created, date(createdAt))}
      {fact(en.kontask.updated, date(updatedAt))}
      {fact(en.kontask.createdBy, createdBy)}
      {targetUser !== undefined && fact(en.kontasks.filter.targetUser, targetUser)}
    </dl>
  );
}

/** Who did what when. */
export function KontaskHistory({ history }: { history: readonly KontaskChangeRecord[] }): ReactNode {
  return (
    <ol className="kontask-history">
      {history.map(({ at, by, change }, index) => (
        <li key={index}>
          {originText(by)} {didText(change)} <time dateTime={at}>{kontaskDate(at)}</time>
        </li>
      ))}
    </ol>
  );
}

function didText(change: string): string {
  // A claim says who took it: "in_progress: claude".
  const [what = '', who] = change.split(': ');
  const words = Object.entries(en.kontask.did).find(([name]) => name === what)?.[1];
  if (typeof words !== 'string') return en.kontask.did.other(change);
  return who === undefined ? words : `${words} (${who})`;
}
