import { Fragment, memo, type ReactNode } from 'react';
import type { Token, Tokens } from 'marked';
import * as en from '../../text/en.ts';
import { CodeBlock } from '../code-block.tsx';
import { showControls } from '../show-controls.ts';
import { useShownCount } from '../use-shown-count.tsx';
import { Inline, textOfToken } from './inline.tsx';
import type { MarkdownBlock } from './markdown-blocks.ts';

/** A settled block keeps its object and so is rendered once, however long the message grows after it. */
export const Block = memo(function Block({ block }: { block: MarkdownBlock }): ReactNode {
  return blockNode(block.token);
});

function blockNode(token: Token): ReactNode {
  switch (token.type) {
    case 'heading':
      return (
        <Heading depth={'depth' in token ? Number(token.depth) : 1}>
          <Inline tokens={token.tokens} />
        </Heading>
      );
    case 'paragraph':
      return (
        <p>
          <Inline tokens={token.tokens} />
        </p>
      );
    case 'code':
      return (
        <CodeBlock
          text={textOfToken(token)}
          language={'lang' in token && typeof token.lang === 'string' ? token.lang : ''}
        />
      );
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={token.tokens} />
        </blockquote>
      );
    case 'list':
      return <List token={token as Tokens.List} />;
    case 'table':
      return <Table token={token as Tokens.Table} />;
    case 'hr':
      return <hr />;
    case 'space':
    case 'def':
      return null;
    case 'text':
    case 'checkbox':
      return <Inline tokens={[token]} />;
    default:
      return <p className="plain">{showControls(token.raw)}</p>;
  }
}

function Blocks({ tokens }: { tokens: readonly Token[] | undefined }): ReactNode {
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{blockNode(token)}</Fragment>);
}

/** The page has the first two levels for itself. */
function Heading({ depth, children }: { depth: number; children: ReactNode }): ReactNode {
  const Tag = (['h3', 'h4', 'h5'] as const)[depth - 1] ?? 'h6';
  return <Tag>{children}</Tag>;
}

/** More than these of a list or a table are shown on demand. */
const FIRST_ITEMS = 500;
const FIRST_ROWS = 200;

function List({ token }: { token: Tokens.List }): ReactNode {
  const { count, more } = useShownCount(token.items.length, FIRST_ITEMS);
  const items = token.items.slice(0, count).map((item, index) => <Item key={index} item={item} />);
  return (
    <>
      {token.ordered ? <ol start={token.start === '' ? 1 : token.start}>{items}</ol> : <ul>{items}</ul>}
      {more}
    </>
  );
}

/** A list that grows keeps the objects of its first items. */
const Item = memo(function Item({ item }: { item: Tokens.ListItem }): ReactNode {
  return (
    <li className={item.task ? 'task' : undefined}>
      <Blocks tokens={item.tokens} />
    </li>
  );
});

function Table({ token }: { token: Tokens.Table }): ReactNode {
  const alignOf = (index: number): string | undefined =>
    token.align[index] ? `align-${token.align[index]}` : undefined;
  const { count, more } = useShownCount(token.rows.length, FIRST_ROWS);
  return (
    <div className="table-scroll" role="region" aria-label={en.markdown.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              <th key={index} className={alignOf(index)}>
                <Inline tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.slice(0, count).map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} className={alignOf(column)}>
                  <Inline tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </div>
  );
}
