import { memo, type ReactNode, useMemo, useState } from 'react';
import { en } from '../../text/en.ts';
import { type Diff, type DiffRow, diffRows } from './diff-rows.ts';

/** Rows drawn at first and with each press of "show more": a long diff must not hold up the page. */
const PAGE_ROWS = 300;

/** A change of one file, line by line. `oldText` is empty for a new file. */
export const DiffView = memo(function DiffView(props: { path: string; oldText: string; newText: string }): ReactNode {
  const { path, oldText, newText } = props;
  const diff = useMemo(() => diffRows(oldText, newText), [oldText, newText]);
  const [shown, setShown] = useState(PAGE_ROWS);
  const hidden = diff.rows.length - shown;
  return (
    <figure className="diff" data-testid="diff">
      <figcaption>
        <span className="diff-path">{path}</span>
        <DiffCounts diff={diff} />
      </figcaption>
      <div className="diff-scroll" role="region" aria-label={en.diff.changesIn(path)} tabIndex={0}>
        <table>
          <tbody>
            {diff.rows.slice(0, shown).map((row, index) => (
              <Row key={index} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <button type="button" className="button subtle" onClick={() => setShown(shown + PAGE_ROWS * 4)}>
          {en.diff.showMore(hidden)}
        </button>
      )}
    </figure>
  );
});

function DiffCounts({ diff: { added, removed } }: { diff: Diff }): ReactNode {
  return (
    <span className="diff-counts">
      <span className="added" aria-label={en.diff.added(added)}>
        +{added}
      </span>{' '}
      <span className="removed" aria-label={en.diff.removed(removed)}>
        −{removed}
      </span>
    </span>
  );
}

const SIGNS = { context: ' ', added: '+', removed: '−' } as const;

const Row = memo(function Row({ row }: { row: DiffRow }): ReactNode {
  if (row.type === 'gap') {
    return (
      <tr className="gap">
        <td colSpan={3}>{en.diff.gap(row.hiddenLines)}</td>
      </tr>
    );
  }
  return (
    <tr className={row.type}>
      <td className="line-number">{row.oldLine}</td>
      <td className="line-number">{row.newLine}</td>
      <td className="line">
        <span className="sign">{SIGNS[row.type]}</span>
        {row.parts.map((part, index) =>
          part.isChanged ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
        )}
      </td>
    </tr>
  );
});
