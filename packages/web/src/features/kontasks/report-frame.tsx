import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import * as en from '../../text/en.ts';
import { followReport, type FrameSize } from './frame-size.ts';

/** What stands below waits for a report no longer than this, in milliseconds. */
const PATIENCE_MS = 4000;

interface ReportFrameProps {
  readonly title: string;
  /** Where the report can be fetched once. Another function is another report. */
  readonly loadAddress: () => Promise<string>;
  /** What stands below may be shown: the report moves it no more. */
  readonly onSettled: () => void;
}

/**
 * HTML of an agent in a frame without scripts. `allow-same-origin` lets this page, and nothing in the frame, measure it
 * (SPEC KON6).
 */
export function ReportFrame({ title, loadAddress, onSettled }: ReportFrameProps): ReactNode {
  const frame = useRef<HTMLIFrameElement>(null);
  const unwatch = useRef<(() => void) | undefined>(undefined);
  const isSettled = useRef(false);
  const [address, setAddress] = useState<string | undefined>(undefined);
  const [size, setSize] = useState<FrameSize | undefined>(undefined);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    let isShown = true;
    setFailed(false);
    loadAddress().then(
      (found) => isShown && setAddress(found),
      () => isShown && setFailed(true),
    );
    return () => {
      isShown = false;
      unwatch.current?.();
    };
  }, [loadAddress]);
  const settle = useCallback((): void => {
    if (isSettled.current) return;
    isSettled.current = true;
    onSettled();
  }, [onSettled]);
  useEffect(() => {
    const patience = setTimeout(settle, PATIENCE_MS);
    return () => clearTimeout(patience);
  }, [settle]);
  const shown = size?.shown;
  // A frame that loses its bar of scrolling once it is high enough is measured again before it counts.
  useEffect(() => (shown === undefined ? undefined : afterDrawing(settle)), [shown, settle]);
  useEffect(() => {
    if (isFailed) settle();
  }, [isFailed, settle]);

  const onLoad = (): void => {
    unwatch.current?.();
    const own = frame.current;
    const root = own?.contentDocument?.documentElement;
    // An error of the gateway is no report.
    if (own === null || root === undefined || root.ownerDocument.contentType !== 'text/html') return setFailed(true);
    stopLinks(root.ownerDocument);
    const measure = (isNew: boolean): void =>
      setSize((now) => {
        // It was opened, or something in it is: the pointer or the keyboard is there, and not on what stands below.
        const isUsed = own.matches(':hover, :focus-visible');
        const isFollowing = !isSettled.current || isUsed || (isNew && now !== undefined);
        return followReport(now, { height: root.offsetHeight, width: own.clientWidth, mayMove: isFollowing });
      });
    const observer = new ResizeObserver(() => measure(false));
    observer.observe(root);
    measure(true);
    unwatch.current = () => observer.disconnect();
  };

  if (isFailed)
    return (
      <p className="problem" role="alert">
        {en.kontask.outputFailed}
      </p>
    );
  return (
    <div className="report">
      <iframe
        // Another address in the same frame would be a page to go back to.
        key={address}
        ref={frame}
        className="report-frame"
        title={en.kontask.outputLabel(title)}
        sandbox="allow-same-origin"
        referrerPolicy="no-referrer"
        src={address}
        style={size === undefined ? undefined : { height: `${size.shown}px` }}
        onLoad={address === undefined ? undefined : onLoad}
        data-testid="report"
      />
      {size !== undefined && size.needed > size.shown && (
        <button type="button" className="button" onClick={() => setSize({ ...size, shown: size.needed })}>
          {en.kontask.wholeReport}
        </button>
      )}
    </div>
  );
}

/** Calls back when what is there now has been drawn. Returns the removal. */
function afterDrawing(work: () => void): () => void {
  let request = requestAnimationFrame(() => {
    request = requestAnimationFrame(work);
  });
  return () => cancelAnimationFrame(request);
}

/** A link would lead the frame away from the report; where it wanted to go stays readable. */
function stopLinks(report: Document): void {
  for (const link of report.querySelectorAll('a, area')) {
    const target = link.getAttribute('href') ?? link.getAttribute('xlink:href');
    if (target === null || target.startsWith('#')) continue;
    link.removeAttribute('href');
    link.removeAttribute('xlink:href');
    link.setAttribute('title', target);
  }
}
