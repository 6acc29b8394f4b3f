import { memo, type ReactNode, useId, useState } from 'react';
import type { ToolItem } from '@konui/client';
import { durationText } from '../duration.ts';
import { Icon } from '../icon.tsx';
import { useNow } from '../use-now.ts';
import { ToolDetails } from './tool-details.tsx';
import { hasDiff, isToolOpen, toolIcon, toolKindText, toolStatusText, toolTitle } from './tool-facts.ts';

/** One tool call: a line that opens to its details. Changes of files that were made are open from the start. */
export const ToolRow = memo(function ToolRow({ tool }: { tool: ToolItem }): ReactNode {
  const [chosen, setChosen] = useState<boolean | undefined>(undefined);
  const detailsId = useId();
  const isOpen = chosen ?? (hasDiff(tool.content) && !isToolOpen(tool.status));
  const isRunning = isToolOpen(tool.status) && tool.runId !== undefined;
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
        <span className="tool-title">{toolTitle(tool)}</span>
        <span className="tool-state">
          {isRunning ? <Elapsed since={tool.at} /> : <Icon name={tool.status === 'failed' ? 'cross' : 'check'} />}
          <span className="visually-hidden">{toolStatusText(tool.status)}</span>
        </span>
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

function Elapsed({ since }: { since: string }): ReactNode {
  const now = useNow(1000);
  return (
    <>
      <span className="spinner" />
      <span className="soft">{durationText(now - Date.parse(since))}</span>
    </>
  );
}
