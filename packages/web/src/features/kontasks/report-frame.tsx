import { type ReactNode, useEffect, useRef, useState } from 'react';
import * as en from '../../text/en.ts';

/** A report is shown whole up to this height, in pixels; a longer one scrolls. */
const MAX_HEIGHT = 2400;

interface ReportFrameProps {
  readonly title: string;
  /** Where the report can be fetched once. Another function is another report. */
  readonly loadAddress: () => Promise<string>;
}

/**
 * HTML of an agent in a frame without scripts. `allow-same-origin` lets this page, and nothing in the frame, measure it
 * (SPEC KON6).
 */
export function ReportFrame({ title, loadAddress }: ReportFrameProps): ReactNode {
  const frame = useRef<HTMLIFrameElement>(null);
  const unwatch = useRef<(() => void) | undefined>(undefined);
  const [address, setAddress] = useState<string | undefined>(undefined);
  const [height, setHeight] = useState<number | undefined>(undefined);
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

  const onLoad = (): void => {
    unwatch.current?.();
    const root = frame.current?.contentDocument?.documentElement;
    // An error of the gateway is no report.
    if (root === undefined || root.ownerDocument.contentType !== 'text/html') return setFailed(true);
    stopLinks(root.ownerDocument);
    const measure = (): void => setHeight(Math.min(Math.ceil(root.offsetHeight), MAX_HEIGHT));
    const observer = new ResizeObserver(measure);
    observer.observe(root);
    measure();
    unwatch.current = () => observer.disconnect();
  };

  if (isFailed)
    return (
      <p className="problem" role="alert">
        {en.kontask.outputFailed}
      </p>
    );
  return (
    <iframe
      ref={frame}
      className="report-frame"
      title={en.kontask.outputLabel(title)}
      sandbox="allow-same-origin"
      referrerPolicy="no-referrer"
      src={address}
      style={height === undefined ? undefined : { height: `${height}px` }}
      onLoad={address === undefined ? undefined : onLoad}
      data-testid="report"
    />
  );
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
