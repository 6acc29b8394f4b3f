import { memo, type ReactNode, useId, useState } from 'react';
import type { ToolItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { durationText } from '../duration.ts';
import { Icon, type IconName } from '../icon.tsx';
import { useAsOf, useRunClock } from '../liveness.ts';
import { ToolDetails } from './tool-details.tsx';
import { ToolTail } from './tool-tail.tsx';
import {
  hasDiff,
  isToolOpen,
  type ToolOutcome,
  toolDurationMs,
  toolIcon,
  toolKindText,
  toolOutcome,
  toolStartedAt,
  toolStatusText,
  toolTitle,
} from './tool-facts.ts';

/** A shorter time is not worth a word. */
const MIN_DURATION_MS = 1_000;

interface ToolRowProps {
  readonly tool: ToolItem;
  /** Its run has ended: what is not finished never will be. */
  readonly isOver?: boolean;
  /** Opens at once, for the gallery. */
  readonly startsOpen?: boolean;
}

/** One tool call: a line that opens to its details. Changes of files that were made are open from the start. */
export const ToolRow = memo(function ToolRow({ tool, isOver = false, startsOpen }: ToolRowProps): ReactNode {
  const [chosen, setChosen] = useState<boolean | undefined>(startsOpen);
  const detailsId = useId();
  const outcome = toolOutcome(tool, isOver || tool.runId === undefined);
  const hasTail = tool.toolKind === 'execute' && (outcome === 'open' || outcome === 'failed');
  const isOpen = chosen ?? (hasDiff(tool.content) && !isToolOpen(tool.status));
  return (
    <div className="tool" data-testid="tool" data-status={tool.status} data-seq={tool.key}>
      <button
        type="button"
        className="tool-head"
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={() => setChosen(!isOpen)}
      >
        <Icon name={toolIcon(tool.toolKind)} />
        <span className="visually-hidden">{toolKindText(tool.toolKind)}: </span>
        <span className={`tool-title ${tool.toolKind === 'execute' ? 'code' : ''}`}>
          <bdi>{toolTitle(tool)}</bdi>
        </span>
        <ToolState tool={tool} outcome={outcome} />
        <span className="tool-chevron">
          <Icon name="chevron" />
        </span>
      </button>
      {hasTail && !isOpen && <ToolTail tool={tool} outcome={outcome} />}
      <div id={detailsId} hidden={!isOpen}>
        {isOpen && <ToolDetails tool={tool} />}
      </div>
    </div>
  );
});

function ToolState({ tool, outcome }: { tool: ToolItem; outcome: ToolOutcome }): ReactNode {
  const startedAt = toolStartedAt(tool);
  const durationMs = toolDurationMs(tool) ?? 0;
  const exitCode = tool.exit?.exitCode ?? 0;
  const asOf = useAsOf();
  const isPast = asOf !== undefined && (outcome === 'open' || outcome === 'waits');
  const words = outcome === 'open' || outcome === 'done' ? toolStatusText(tool.status) : en.tool.status[outcome];
  return (
    <span className={`tool-state ${outcome}`} title={isPast ? asOf : undefined}>
      {outcome === 'open' && startedAt !== undefined && <Elapsed since={startedAt} />}
      {exitCode !== 0 && <span className="chip">{en.tool.exitCode(exitCode)}</span>}
      {durationMs >= MIN_DURATION_MS && <span className="soft">{durationText(durationMs)}</span>}
      {outcome !== 'open' && <Icon name={ICONS[outcome]} />}
      {/* An exit code says it already, and a tick needs no word. */}
      <span className={outcome === 'open' || outcome === 'done' || exitCode !== 0 ? 'visually-hidden' : undefined}>
        {isPast ? en.liveness.tool[outcome] : words}
      </span>
      {isPast && <span className="visually-hidden">, {asOf}</span>}
    </span>
  );
}

const ICONS: Readonly<Record<Exclude<ToolOutcome, 'open'>, IconName>> = {
  waits: 'pause',
  done: 'check',
  failed: 'cross',
  rejected: 'ban',
  stopped: 'stop',
  unfinished: 'stop',
};

/** How long something has been running, ticking. */
function Elapsed({ since }: { since: string }): ReactNode {
  const now = useRunClock(1000);
  return (
    <>
      <span className="spinner" />
      <span className="soft">{durationText(now - Date.parse(since))}</span>
    </>
  );
}
