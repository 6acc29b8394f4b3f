import { Fragment, type ReactNode } from 'react';
import type { Token, Tokens } from 'marked';
import { en } from '../../text/en.ts';
import { decodeEntities } from './entities.ts';
import { safeLink } from './safe-link.ts';

/** Inline tokens as nodes; HTML that an agent writes is shown as the text that it is. */
export function Inline({ tokens }: { tokens: readonly Token[] | undefined }): ReactNode {
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{inlineNode(token)}</Fragment>);
}

function inlineNode(token: Token): ReactNode {
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <Inline tokens={token.tokens} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline tokens={token.tokens} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inline tokens={token.tokens} />
        </del>
      );
    case 'codespan':
      return <code>{textOfToken(token)}</code>;
    case 'br':
      return <br />;
    case 'checkbox':
      return (
        <input
          type="checkbox"
          checked={'checked' in token && token.checked === true}
          disabled
          readOnly
          aria-label={en.markdown.task}
        />
      );
    case 'link':
      return (
        <Link href={'href' in token ? String(token.href) : ''}>
          <Inline tokens={token.tokens} />
        </Link>
      );
    case 'image':
      // Loading it would tell a stranger's server who reads this; a link leaves that to the reader.
      return <Link href={'href' in token ? String(token.href) : ''}>{textOfToken(token) || en.markdown.image}</Link>;
    case 'text':
      return 'tokens' in token && token.tokens !== undefined ? (
        <Inline tokens={token.tokens} />
      ) : (
        decodeEntities(textOfToken(token))
      );
    default:
      return textOfToken(token);
  }
}

function Link({ href, children }: { href: string; children: ReactNode }): ReactNode {
  const safe = safeLink(href);
  return safe === undefined ? (
    <span title={href}>{children}</span>
  ) : (
    <a href={safe} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

export function textOfToken(token: Token | Tokens.Generic): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
}
