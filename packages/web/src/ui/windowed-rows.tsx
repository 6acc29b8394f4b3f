import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';

/** So many rows are simply drawn. */
const MAX_PLAIN = 100;
/** Rows drawn before the height of the window is known. */
const FIRST_ROWS = 30;
/** Nearer to the end than this counts as being there, in pixels. */
const NEAR_END = 24;

interface WindowedRowsProps<Row> {
  readonly rows: readonly Row[];
  /** Draws the row at an index. */
  readonly draw: (row: Row, index: number) => ReactNode;
  /** Names the region for screen readers. */
  readonly label: string;
  readonly className: string;
  /** What a row is high when nothing wraps, in pixels. */
  readonly rowHeight: number;
  /** Begins at the end, and stays there while rows are added and nobody has scrolled away. */
  readonly followsEnd?: boolean;
}

/** Rows of any number in a region that scrolls: of many only those in sight are in the page. */
export function WindowedRows<Row>(props: WindowedRowsProps<Row>): ReactNode {
  const { rows, draw, label, className, rowHeight, followsEnd = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const isAtEnd = useRef(true);
  const isWindowed = rows.length > MAX_PLAIN;
  useLayoutEffect(() => {
    if (!followsEnd || !isAtEnd.current) return;
    if (isWindowed) list.current?.scrollToIndex(rows.length - 1, { align: 'end' });
    else scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [rows, followsEnd, isWindowed]);
  const onScroll = (): void => {
    const region = scroller.current;
    if (region !== null) isAtEnd.current = region.scrollHeight - region.scrollTop - region.clientHeight < NEAR_END;
  };
  return (
    <div
      ref={scroller}
      className={`windowed ${className}`}
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={onScroll}
    >
      {isWindowed ? (
        <Virtualizer ref={list} data={rows} itemSize={rowHeight} ssrCount={Math.min(FIRST_ROWS, rows.length)}>
          {(row, index) => <div>{draw(row, index)}</div>}
        </Virtualizer>
      ) : (
        rows.map((row, index) => <div key={index}>{draw(row, index)}</div>)
      )}
    </div>
  );
}
