import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { EventsPage, EventsQuery } from '@konui/client';
import * as en from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface RawLogDialogProps {
  /** Pages of the log, from its end. */
  readonly loadEvents: (query: EventsQuery) => Promise<EventsPage>;
  readonly onClose: () => void;
}

interface Shown {
  readonly lines: readonly string[];
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly hasMore: boolean;
}

/** No log is as long; the host takes 15 digits. */
const BEYOND_ALL = 999_999_999_999_999;
/** One page: enough to look at, quick to draw. */
const PAGE = 200;

/** The session's events as its log has them. */
export function RawLogDialog({ loadEvents, onClose }: RawLogDialogProps): ReactNode {
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const [state, setState] = useState<'loading' | 'ready' | { readonly problem: string }>('loading');

  const [isWrapped, setWrapped] = useState(true);

  const load = useCallback(
    async (before: Shown | undefined): Promise<void> => {
      setState('loading');
      try {
        const page = await loadEvents({ before: before?.firstSeq ?? BEYOND_ALL, limit: PAGE });
        const lines = page.events.map((event) => JSON.stringify(event));
        setShown({
          lines: [...lines, ...(before?.lines ?? [])],
          firstSeq: page.events[0]?.seq ?? before?.firstSeq ?? 0,
          lastSeq: before?.lastSeq ?? page.lastSeq,
          hasMore: page.hasMore,
        });
        setState('ready');
      } catch (error) {
        setState({ problem: en.rawLog.failed(error instanceof Error ? error.message : String(error)) });
      }
    },
    [loadEvents],
  );
  useEffect(() => void load(undefined), [load]);

  const text = shown?.lines.join('\n') ?? '';
  return (
    <Dialog title={en.rawLog.title} onClose={onClose} shape="wide">
      <p className="soft dialog-text">{en.rawLog.lead}</p>
      <div className="raw-log-bar">
        <p className="soft" role="status">
          {state === 'loading'
            ? en.rawLog.loading(shown?.lines.length ?? 0)
            : shown !== undefined && en.rawLog.shown(shown.lines.length, shown.lastSeq)}
        </p>
        {shown?.hasMore === true && (
          <button type="button" className="button" disabled={state === 'loading'} onClick={() => void load(shown)}>
            {en.rawLog.earlier}
          </button>
        )}
        <label className="raw-log-wrap">
          <input type="checkbox" checked={isWrapped} onChange={(event) => setWrapped(event.currentTarget.checked)} />
          {en.rawLog.wrap}
        </label>
        {text !== '' && <CopyButton text={text} />}
      </div>
      {typeof state === 'object' && (
        <p className="problem" role="alert">
          {state.problem}{' '}
          <button type="button" className="button" onClick={() => void load(shown)}>
            {en.rawLog.again}
          </button>
        </p>
      )}
      <pre className={`raw-log ${isWrapped ? 'wrapped' : ''}`} tabIndex={0} role="region" aria-label={en.rawLog.label}>
        {shown?.lines.map((line, index) => (
          <span key={shown.lines.length - index}>{`${line}\n`}</span>
        ))}
      </pre>
    </Dialog>
  );
}
