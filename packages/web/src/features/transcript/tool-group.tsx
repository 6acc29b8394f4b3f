import { type ReactNode, useId, useState } from 'react';
import { durationText } from '../../ui/duration.ts';
import { Icon } from '../../ui/icon.tsx';
import { useLiveness } from '../../ui/liveness.ts';
import { ToolRow } from '../../ui/tool/tool-row.tsx';
import { PermissionLine } from './permission-line.tsx';
import { stepsInSight, toolGroupFacts, type ToolStep } from './tool-group-facts.ts';

interface ToolGroupProps {
  readonly steps: readonly ToolStep[];
  /** Its run has ended. */
  readonly isOver: boolean;
  /** It is the last of an open run: more calls may follow. */
  readonly isGrowing: boolean;
  readonly startsOpen?: boolean;
}

const OUTCOME_ICONS = { done: 'check', failed: 'alert', unfinished: 'stop' } as const;

/** Tool calls that followed each other: one line in sum, with what runs or failed below it, and all when opened. */
export function ToolGroup({ steps, isOver, isGrowing, startsOpen = false }: ToolGroupProps): ReactNode {
  const [isOpen, setOpen] = useState(startsOpen);
  const stepsId = useId();
  const { isStale } = useLiveness();
  const facts = toolGroupFacts(steps, { isOver, isStale });
  const isAlone = facts.tools.length < 2;
  const shown = isAlone || isOpen ? steps : stepsInSight(steps, { isOver, isGrowing });
  return (
    <div
      className={isAlone ? 'tool-single' : 'tool-group'}
      data-testid={isAlone ? undefined : 'tool-group'}
      data-seq={isAlone ? undefined : steps[0]?.key}
    >
      {!isAlone && (
        <button
          type="button"
          className="tool-head"
          aria-expanded={isOpen}
          aria-controls={stepsId}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="steps" />
          <span className="tool-title">{facts.summary}</span>
          <span className={`tool-state ${facts.outcome}`}>
            {facts.isRunning && shown.length === 0 && <span className="spinner" />}
            {facts.durationMs !== undefined && facts.durationMs >= 1_000 && (
              <span className="soft">{durationText(facts.durationMs)}</span>
            )}
            {!facts.isRunning && !isGrowing && <Icon name={OUTCOME_ICONS[facts.outcome]} />}
          </span>
          <span className="tool-chevron">
            <Icon name="chevron" />
          </span>
        </button>
      )}
      <div id={stepsId} className="tool-steps" hidden={shown.length === 0}>
        {shown.map((step) =>
          step.type === 'tool' ? (
            <ToolRow key={step.key} tool={step} isOver={isOver} />
          ) : (
            <PermissionLine key={step.key} item={step} />
          ),
        )}
      </div>
    </div>
  );
}
