import type { SessionEvent } from '@konui/protocol';

export interface RunFacts {
  readonly runId: string;
  readonly promptId: string;
  readonly startedAt: number;
  /** Sent while what waited was held (QUE3). */
  readonly isOutOfTurn: boolean;
  readonly completions: { seq: number; at: number; success: boolean; aborted: boolean; stopReason: string }[];
  /** When it was first stopped, in milliseconds since 1970. */
  stoppedAt: number | undefined;
}

/** What a log says, gathered without the reducer that it is to be checked against. */
export interface LogFacts {
  /** Seqs of `log_opened`. */
  readonly opened: number[];
  /** In the order of their beginning. */
  readonly runs: Map<string, RunFacts>;
  /** Command id → seqs of the events that quote it. */
  readonly answers: Map<string, number[]>;
  /** Request id → the call it asks for, and how it was resolved. */
  readonly permissions: Map<string, { toolCallId: string; resolutions: { optionId: string | null }[] }>;
  /** Ids of prompts that were taken out of the queue. */
  readonly removed: Set<string>;
  /** Ids of commands that were rejected. */
  readonly rejected: Set<string>;
  /** A person changed the order of the queue. */
  isReordered: boolean;
  /** Breaches that show while reading in order. */
  readonly problems: string[];
}

/** What is open at this place of the log. */
interface Open {
  readonly runs: Set<string>;
  readonly permissions: Set<string>;
  /** Prompt id → whether it has just been sent. */
  readonly prompts: Map<string, boolean>;
  isHeld: boolean;
}

export function createLogFacts(events: readonly SessionEvent[]): LogFacts {
  const facts: LogFacts = {
    opened: [],
    runs: new Map(),
    answers: new Map(),
    permissions: new Map(),
    removed: new Set(),
    rejected: new Set(),
    isReordered: false,
    problems: [],
  };
  const open: Open = { runs: new Set(), permissions: new Set(), prompts: new Map(), isHeld: false };
  for (const event of events) {
    if (typeof event['commandId'] === 'string') {
      facts.answers.set(event['commandId'], [...(facts.answers.get(event['commandId']) ?? []), event.seq]);
    }
    take(event, facts, open);
  }
  return facts;
}

function take(event: SessionEvent, facts: LogFacts, open: Open): void {
  const { seq, kind } = event;
  const runId = String(event['runId']);
  const requestId = String(event['requestId']);
  const problem = (what: string): void => void facts.problems.push(`event ${seq}: ${what}`);
  switch (kind) {
    case 'log_opened':
      facts.opened.push(seq);
      return;
    case 'prompt':
      open.prompts.set(String(event['promptId']), event['commandId'] !== undefined);
      return;
    case 'queue_held':
      open.isHeld = true;
      return;
    case 'queue_resumed':
      open.isHeld = false;
      return;
    case 'prompt_removed':
      facts.removed.add(String(event['promptId']));
      return;
    case 'command_rejected':
      facts.rejected.add(String(event['commandId']));
      return;
    case 'prompt_changed':
      if (event['content'] === undefined) facts.isReordered = true;
      return;
    case 'run_started': {
      const promptId = String(event['promptId']);
      if (open.runs.size > 0) problem(`[EVT3] run ${runId} begins while ${[...open.runs].join(', ')} is open`);
      if (!open.prompts.has(promptId)) problem(`[CMD3] run ${runId} has no prompt event before it`);
      open.runs.add(runId);
      const isOutOfTurn = open.isHeld && open.prompts.get(promptId) === true;
      facts.runs.set(runId, { runId, promptId, startedAt: seq, isOutOfTurn, completions: [], stoppedAt: undefined });
      return;
    }
    case 'status':
      if (event['state'] === 'stopping') {
        const run = facts.runs.get(runId);
        if (run !== undefined) run.stoppedAt ??= Date.parse(event.at);
      }
      return;
    case 'permission_request': {
      const toolCall = event['toolCall'] as { toolCallId?: string } | undefined;
      facts.permissions.set(requestId, { toolCallId: String(toolCall?.toolCallId), resolutions: [] });
      open.permissions.add(requestId);
      return;
    }
    case 'permission_resolved': {
      if (!open.permissions.delete(requestId)) problem(`[CMD7] permission ${requestId} is resolved but was not open`);
      facts.permissions
        .get(requestId)
        ?.resolutions.push({ optionId: (event['optionId'] as string | undefined) ?? null });
      return;
    }
    case 'complete': {
      const run = facts.runs.get(runId);
      if (!open.runs.delete(runId)) problem(`[EVT3] run ${runId} is completed but was not open`);
      if (open.permissions.size > 0)
        problem(`[EVT6] permissions ${[...open.permissions].join(', ')} are open at the end of run ${runId}`);
      const [success, aborted] = [event['success'] === true, event['aborted'] === true];
      if (aborted && run !== undefined && run.stoppedAt === undefined)
        problem(`[EVT4] run ${runId} is aborted but nobody stopped it`);
      if (aborted && success) problem(`[EVT4] run ${runId} is both a success and aborted`);
      run?.completions.push({
        seq,
        at: Date.parse(event.at),
        success,
        aborted,
        stopReason: String(event['stopReason']),
      });
    }
  }
}

/** Milliseconds from the first stop of a run to its end (CMD6: 10,000 where nothing died); 0 without stops. */
export function slowestStopMs(events: readonly SessionEvent[]): number {
  const stops = [...createLogFacts(events).runs.values()].flatMap(({ stoppedAt, completions: [end] }) =>
    stoppedAt === undefined || end === undefined ? [] : [end.at - stoppedAt],
  );
  return Math.max(0, ...stops);
}
