import { type ReactNode, useId, useRef } from 'react';
import * as en from '../../text/en.ts';
import type { UsageFacts } from './usage-facts.ts';

const EDGE = 8;

/** How much of the context is used; everything that is known of tokens and cost in a popover of the browser's own. */
export function UsageButton({ facts }: { facts: UsageFacts }): ReactNode {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { percent, rows } = facts;
  if (rows.length === 0) return null;
  const place = (): void => {
    const box = button.current?.getBoundingClientRect();
    if (box === undefined) return;
    panel.current?.style.setProperty('--right', `${Math.max(EDGE, window.innerWidth - box.right)}px`);
    panel.current?.style.setProperty('--y', `${box.bottom + EDGE / 2}px`);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="usage-button"
        popoverTarget={id}
        aria-label={percent === undefined ? en.usage.title : en.usage.button(percent)}
        title={percent === undefined ? en.usage.title : en.usage.button(percent)}
        onClick={place}
      >
        {percent === undefined ? en.usage.title : en.usage.short(percent)}
        {percent !== undefined && <meter min={0} max={100} high={80} optimum={0} value={percent} aria-hidden="true" />}
      </button>
      <div ref={panel} id={id} className="usage-panel" popover="auto" role="group" aria-label={en.usage.title}>
        <h2>{en.usage.title}</h2>
        <dl>
          {rows.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}
