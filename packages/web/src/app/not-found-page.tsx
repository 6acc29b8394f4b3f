import type { ReactNode } from 'react';
import { Link } from 'wouter';
import * as en from '../text/en.ts';
import { Icon } from '../ui/icon.tsx';

/** What an address shows that leads nowhere. */
export function NotFoundPage({ path }: { path: string }): ReactNode {
  return (
    <div className="page-scroll">
      <div className="page">
        <div className="card empty">
          <h1>{en.notFound.title}</h1>
          <p>
            {en.notFound.lead} <code>{path}</code>
          </p>
          <p className="page-actions">
            <Link href="/" className="button primary">
              <Icon name="home" />
              {en.titles.home}
            </Link>
            <Link href="/search" className="button subtle">
              {en.titles.search}
            </Link>
          </p>
        </div>
      </div>
    </div>
  );
}
