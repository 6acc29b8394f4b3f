import { type ReactNode, useId, useState } from 'react';
import type { PlanEntry } from '@konui/client';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useScrollCue } from '../../ui/use-scroll-cue.ts';

interface PlanDockProps {
  readonly entries: readonly PlanEntry[];
  /** Its run is open; after it the plan stays, finished or not. */
  readonly isRunning: boolean;
  readonly startsOpen?: boolean;
}

/** The agent's plan: progress and the current step; all steps when opened. */
export function PlanDock({ entries, isRunning, startsOpen = false }: PlanDockProps): ReactNode {
  const [isOpen, setOpen] = useState(startsOpen);
  const list = useScrollCue();
  const listId = useId();
  const done = entries.filter((entry) => entry.status === 'completed').length;
  const current =
    entries.find((entry) => entry.status === 'in_progress') ?? entries.find((entry) => entry.status !== 'completed');
  return (
    <section className="dock plan" aria-label={en.plan.title} data-testid="plan">
      <button
        type="button"
        className="plan-head"
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="list" />
        <span className="plan-progress">{en.plan.progress(done, entries.length)}</span>
        <progress value={done} max={entries.length} aria-label={en.plan.title} />
        <span className="plan-current">
          {!isRunning && <strong>{current === undefined ? en.plan.finished : en.plan.unfinished} </strong>}
          <bdi>{current?.content}</bdi>
        </span>
        <span className="tool-chevron">
          <Icon name="chevron" />
        </span>
      </button>
      <ol ref={list} id={listId} hidden={!isOpen} tabIndex={0} aria-label={en.plan.title}>
        {entries.map((entry, index) => (
          <li key={index} className={entry.status}>
            {entry.status === 'in_progress' && isRunning ? (
              <span className="spinner" />
            ) : (
              <Icon
                name={entry.status === 'completed' ? 'check' : entry.status === 'in_progress' ? 'stop' : 'chevron'}
              />
            )}
            <bdi>{entry.content}</bdi>
            <span className="visually-hidden">({statusText(entry.status)})</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function statusText(status: string): string {
  const texts: Readonly<Record<string, unknown>> = en.plan;
  const text = texts[status];
  return typeof text === 'string' ? text : status;
}
