import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useOwnRights } from './own-rights.ts';

interface NewSessionLinkProps {
  readonly href: string;
  readonly className: string;
  readonly onClick?: () => void;
  readonly title?: string;
  readonly 'aria-label'?: string;
  readonly children: ReactNode;
}

/** A link to the page that creates sessions, where this sign-in may. */
export function NewSessionLink({ children, ...attributes }: NewSessionLinkProps): ReactNode {
  return useOwnRights().prompt ? <Link {...attributes}>{children}</Link> : null;
}
