import { Fragment, type ReactNode } from 'react';
import type { Token, Tokens } from 'marked';
import * as en from '../../text/en.ts';
import { showControls } from '../show-controls.ts';
import { decodeEntities } from './entities.ts';
import { ImageChip, Link } from './link.tsx';
import { hostOf } from './safe-link.ts';

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
      return <code>{showControls(textOfToken(token))}</code>;
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
      // A chip of an image has a link of its own, and no link may stand in another.
      if (token.tokens?.some(({ type }) => type === 'image') === true) return <LinkedImage token={token} />;
      return (
        <Link href={hrefOf(token)} text={decodeEntities(textOfToken(token))}>
          <Inline tokens={token.tokens} />
        </Link>
      );
    case 'image':
      return <ImageChip href={hrefOf(token)} alt={showControls(decodeEntities(textOfToken(token)))} />;
    case 'text':
      return 'tokens' in token && token.tokens !== undefined ? (
        <Inline tokens={token.tokens} />
      ) : (
        showControls(decodeEntities(textOfToken(token)))
      );
    default:
      return showControls(textOfToken(token));
  }
}

function LinkedImage({ token }: { token: Token }): ReactNode {
  const href = hrefOf(token);
  const host = hostOf(href);
  return (
    <>
      <Inline tokens={'tokens' in token ? token.tokens : undefined} />
      {host !== undefined && (
        <Link href={href} text={host}>
          {' '}
          {host}
        </Link>
      )}
    </>
  );
}

function hrefOf(token: Token): string {
  return 'href' in token ? String(token.href) : '';
}

export function textOfToken(token: Token | Tokens.Generic): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
}
