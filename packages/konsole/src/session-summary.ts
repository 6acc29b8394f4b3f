import {
  type HoldReason,
  type LastRun,
  nextPrompt,
  type OpenRun,
  RunId,
  type SessionInfo,
  type SessionRecord,
  type SessionState,
} from '@konui/protocol';
import { resumeTimeOf } from './resume-time.ts';

/** What a session list needs to know of a session's log and inbox. */
export interface SessionSummary {
  readonly lastSeq: number;
  readonly epoch: string | null;
  /** The highest seq that was ever read in this epoch; above `lastSeq` where the log has lost lines since. */
  readonly knownSeq: number;
  readonly updatedAt: string | null;
  readonly title: string | null;
  readonly run: Pick<OpenRun, 'runId' | 'startedAt' | 'isStopping'> | null;
  readonly lastRun: Pick<LastRun, 'stopReason' | 'success' | 'aborted'> | null;
  readonly pendingPermissions: number;
  readonly pendingElicitations: number;
  readonly queuedPrompts: number;
  readonly queueHold: HoldReason | null;
  /** A prompt waits and nothing keeps it from running. */
  readonly hasNextPrompt: boolean;
  readonly limit: SummaryLimit | null;
  /** Commands in the inbox that no event has answered. */
  readonly unansweredCommands: number;
}

/** The agent's limit, which ended the last run. */
export interface SummaryLimit {
  readonly at: string;
  readonly resetsAt: string | null;
  /** A person did something since that takes the place of going on. */
  readonly isTakenOver: boolean;
}

/** A session as the index holds it: what its files said when it was last written. */
export interface IndexedSession {
  readonly record: SessionRecord;
  readonly summary: SessionSummary;
}

export const EMPTY_SUMMARY: SessionSummary = {
  lastSeq: 0,
  epoch: null,
  knownSeq: 0,
  updatedAt: null,
  title: null,
  run: null,
  lastRun: null,
  pendingPermissions: 0,
  pendingElicitations: 0,
  queuedPrompts: 0,
  queueHold: null,
  hasNextPrompt: false,
  limit: null,
  unansweredCommands: 0,
};

/** `known` is an earlier summary of the same log, whose `knownSeq` this one must not forget. */
export function toSessionSummary(
  state: SessionState,
  unansweredCommands: number,
  known?: Pick<SessionSummary, 'epoch' | 'knownSeq'>,
): SessionSummary {
  const { run, lastRun } = state;
  const epoch = state.epochs.at(-1)?.epoch ?? null;
  return {
    lastSeq: state.lastSeq,
    epoch,
    knownSeq: isSameEpoch(epoch, known?.epoch) ? Math.max(known?.knownSeq ?? 0, state.lastSeq) : state.lastSeq,
    updatedAt: state.updatedAt ?? null,
    title: state.title ?? null,
    run: run === undefined ? null : { runId: run.runId, startedAt: run.startedAt, isStopping: run.isStopping },
    lastRun:
      lastRun === undefined
        ? null
        : { stopReason: lastRun.stopReason, success: lastRun.success, aborted: lastRun.aborted },
    pendingPermissions: state.pendingPermissions.length,
    pendingElicitations: state.pendingElicitations.length,
    queuedPrompts: state.queue.length,
    queueHold: state.queueHold?.reason ?? null,
    hasNextPrompt: nextPrompt(state) !== undefined,
    limit: toLimit(state.limit),
    unansweredCommands,
  };
}

/** An empty log has no epoch, and is the rest of the one that was there. */
function isSameEpoch(epoch: string | null, known: string | null | undefined): boolean {
  return epoch === null || epoch === known;
}

function toLimit(limit: SessionState['limit']): SummaryLimit | null {
  if (limit === undefined) return null;
  return { at: limit.at, resetsAt: limit.resetsAt ?? null, isTakenOver: limit.isTakenOver ?? false };
}

/** What konsole knows of a session's runner beside its log. */
export interface RunnerHealth {
  readonly isResponding: boolean;
  readonly trouble: SessionInfo['trouble'];
  /** Commands without an answer that are no work for a person to see: the agent is started, or given a choice. */
  readonly preparations?: number;
}

export const HEALTHY_RUNNER: RunnerHealth = { isResponding: true, trouble: null };

/** The row of a session list. */
export function toSessionInfo(record: SessionRecord, summary: SessionSummary, runner: RunnerHealth): SessionInfo {
  const { run } = summary;
  return {
    sessionId: record.sessionId,
    provider: record.provider,
    projectPath: record.projectPath,
    title: record.title ?? summary.title,
    createdAt: record.createdAt,
    updatedAt: summary.updatedAt ?? record.createdAt,
    archived: record.archived,
    status: statusOf(summary, runner),
    runId: run === null ? null : RunId.parse(run.runId),
    runStartedAt: run?.startedAt ?? null,
    pendingPermissions: summary.pendingPermissions,
    pendingElicitations: summary.pendingElicitations,
    queuedPrompts: summary.queuedPrompts,
    queueHold: summary.queueHold,
    limit:
      summary.limit === null
        ? null
        : { resetsAt: summary.limit.resetsAt, resumesAt: resumeTimeOf(record, summary)?.toISOString() ?? null },
    resumeAfterLimit: record.resumeAfterLimit,
    lastSeq: summary.lastSeq,
    epoch: summary.epoch,
    lastRun: summary.lastRun,
    trouble: runner.trouble,
  };
}

function statusOf(summary: SessionSummary, runner: RunnerHealth): SessionInfo['status'] {
  if (!runner.isResponding) return 'not_responding';
  // A prompt that was just accepted counts as work, so that a list read right after it shows the session as running.
  if (summary.run === null) return summary.unansweredCommands > (runner.preparations ?? 0) ? 'working' : 'idle';
  if (summary.run.isStopping) return 'stopping';
  return summary.pendingPermissions + summary.pendingElicitations > 0 ? 'waiting' : 'working';
}
