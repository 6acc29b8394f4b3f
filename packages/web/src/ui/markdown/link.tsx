import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../icon.tsx';
import { showControls } from '../show-controls.ts';
import { hostOf, otherHost, safeLink } from './safe-link.ts';

interface LinkProps {
  readonly href: string;
  /** The link's words as text, to compare them with where it leads. */
  readonly text: string;
  readonly children: ReactNode;
}

/** A link that an agent wrote: opened only where that is safe, and with its real host where its words name another. */
export function Link({ href, text, children }: LinkProps): ReactNode {
  const safe = safeLink(href);
  if (safe === undefined) return <span title={en.link.notOpened(showControls(href))}>{children}</span>;
  const other = otherHost(text, safe);
  return (
    <>
      <a href={safe} title={showControls(safe)} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
      {other !== undefined && <span className="link-host"> {en.link.goesTo(other)}</span>}
    </>
  );
}

/** An image of the web is not loaded: that would tell a stranger's server who reads this. */
export function ImageChip({ href, alt }: { href: string; alt: string }): ReactNode {
  const host = hostOf(href);
  const isOpenable = host !== undefined && safeLink(href) !== undefined;
  const words = isOpenable ? en.picture.elsewhere(host) : en.picture.notShown;
  return (
    <span className="image-chip">
      <Icon name="image" />
      <span>
        {alt !== '' && <>{alt} · </>}
        {isOpenable ? (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow">
            {words}
          </a>
        ) : (
          words
        )}
      </span>
    </span>
  );
}
