import { memo, type ReactNode, useId, useState } from 'react';
import type { ToolItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { durationText } from '../duration.ts';
import { Icon, type IconName } from '../icon.tsx';
import { useNow } from '../use-now.ts';
import { ToolDetails } from './tool-details.tsx';
import {
  hasDiff,
  isToolOpen,
  toolDurationMs,
  toolIcon,
  toolKindText,
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
  const isOpen = chosen ?? (hasDiff(tool.content) && !isToolOpen(tool.status));
  return (
    <div className={`tool ${tool.status}`} data-testid="tool" data-status={tool.status} data-seq={tool.key}>
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
        <ToolState tool={tool} isOver={isOver} />
        <span className="tool-chevron">
          <Icon name="chevron" />
        </span>
      </button>
      <div id={detailsId} hidden={!isOpen}>
        {isOpen && <ToolDetails tool={tool} />}
      </div>
    </div>
  );
});

function ToolState({ tool, isOver }: { tool: ToolItem; isOver: boolean }): ReactNode {
  if (isToolOpen(tool.status)) {
    const isRunning = !isOver && tool.runId !== undefined;
    return (
      <span className="tool-state">
        {isRunning ? <Elapsed since={tool.at} /> : <Icon name="stop" />}
        <span className="visually-hidden">{isRunning ? toolStatusText(tool.status) : en.tool.status.unfinished}</span>
      </span>
    );
  }
  const durationMs = toolDurationMs(tool) ?? 0;
  const exitCode = tool.exit?.exitCode ?? 0;
  return (
    <span className="tool-state">
      {exitCode !== 0 && <span className="chip">{en.tool.exitCode(exitCode)}</span>}
      {durationMs >= MIN_DURATION_MS && <span className="soft">{durationText(durationMs)}</span>}
      <Icon name={iconOfStatus(tool.status)} />
      <span className="visually-hidden">{toolStatusText(tool.status)}</span>
    </span>
  );
}

function iconOfStatus(status: string): IconName {
  return status === 'failed' ? 'cross' : 'check';
}

/** How long something has been running, ticking. */
function Elapsed({ since }: { since: string }): ReactNode {
  const now = useNow(1000);
  return (
    <>
      <span className="spinner" />
      <span className="soft">{durationText(now - Date.parse(since))}</span>
    </>
  );
}
