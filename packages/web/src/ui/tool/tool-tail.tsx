import type { ReactNode } from 'react';
import type { ToolItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { useRunClock } from '../liveness.ts';
import { tailOf } from './tail-of.ts';
import { type ToolOutcome, toolStartedAt } from './tool-facts.ts';

/** What is over sooner shows nothing: it would come and go in a blink. In milliseconds. */
const MIN_RUN_MS = 1_000;

/** The last lines that a command has printed, while it runs and where it has failed. */
export function ToolTail({ tool, outcome }: { tool: ToolItem; outcome: ToolOutcome }): ReactNode {
  const isRunning = outcome === 'open';
  const now = useRunClock(MIN_RUN_MS, isRunning);
  const startedAt = toolStartedAt(tool);
  if (isRunning && (startedAt === undefined || now - Date.parse(startedAt) < MIN_RUN_MS)) return null;
  const lines = tailOf(tool);
  if (lines.length === 0) return null;
  return (
    <pre className="tool-tail" aria-label={en.tool.tail} aria-live="off" data-testid="tool-tail">
      {lines.join('\n')}
    </pre>
  );
}
