import { basename } from 'node:path';
import { isDestructive, isRecord, type SessionInfo, type SessionStateView } from '@konui/protocol';
import type { Notice } from './push-payload.ts';

type Permission = SessionStateView['pendingPermissions'][number];
type Question = SessionStateView['pendingElicitations'][number];

/** Of a command or a question: what a lock screen shows at most. */
const MAX_TEXT = 600;
const MAX_TITLE = 120;

/** One notification tells what a session needs, another how its last run ended. */
export function needTag(sessionId: string): string {
  return `session:${sessionId}`;
}

function endTag(sessionId: string): string {
  return `session:${sessionId}:end`;
}

/** `more` are the requests that wait behind this one. */
export function permissionNotice(session: SessionInfo, { toolCall, requestId }: Permission, more: number): Notice {
  const { kind, rawInput } = toolCall;
  const reason = isDestructive({ title: toolCall['title'], kind, rawInput });
  const title = typeof toolCall['title'] === 'string' ? toolCall['title'] : toolCall.toolCallId;
  const action = commandOrPath(toolCall);
  const lines = [`${session.provider}: ${title}`, action === undefined || title.includes(action) ? '' : action];
  return {
    ...about(session),
    type: 'permission',
    tag: needTag(session.sessionId),
    title: `Needs you: ${titleOf(session)}`,
    body: linesOf([...lines, reason === undefined ? '' : 'This may destroy something.', moreWords(more)]),
    url: `/approve/${requestId}?session=${session.sessionId}`,
    requestId,
    ...(reason === undefined ? {} : { isDestructive: reason }),
  };
}

export function questionNotice(session: SessionInfo, { message }: Question, more: number): Notice {
  return {
    ...about(session),
    type: 'question',
    tag: needTag(session.sessionId),
    title: `Needs you: ${titleOf(session)}`,
    body: linesOf([`${session.provider} asks: ${message}`, moreWords(more)]),
  };
}

/** Of a run that lasted so long; a used-up limit is no failure. */
export function endNotice(session: SessionInfo, lastedMs: number): Notice | undefined {
  const { lastRun, limit, provider } = session;
  const end = { ...about(session), tag: endTag(session.sessionId) };
  if (limit !== null) {
    return {
      ...end,
      type: 'limit',
      title: `Limit reached: ${titleOf(session)}`,
      body: `${provider} has used up its limit${limit.resumesAt === null ? '' : ', and goes on by itself when it resets'}.`,
      ...(limit.resetsAt === null ? {} : { resetsAt: limit.resetsAt }),
    };
  }
  if (lastRun === null || lastRun.aborted) return undefined;
  return lastRun.success
    ? {
        ...end,
        type: 'finished',
        title: `Finished: ${titleOf(session)}`,
        body: `${provider}, after ${duration(lastedMs)}`,
      }
    : { ...end, type: 'failed', title: `Failed: ${titleOf(session)}`, body: `${provider}: ${lastRun.stopReason}` };
}

function about(session: SessionInfo): Pick<Notice, 'sessionId' | 'agent' | 'sessionTitle' | 'url'> {
  const { sessionId, provider } = session;
  return { sessionId, agent: provider, sessionTitle: titleOf(session), url: `/s/${sessionId}` };
}

function titleOf({ title, projectPath }: SessionInfo): string {
  return (title ?? basename(projectPath)).slice(0, MAX_TITLE);
}

/** What the action is done with: agents name a command `command` or `cmd`; a file stands in ACP's `locations`. */
function commandOrPath({ rawInput, locations }: Permission['toolCall']): string | undefined {
  const command = isRecord(rawInput) ? (rawInput['command'] ?? rawInput['cmd']) : undefined;
  if (typeof command === 'string') return command;
  if (Array.isArray(command)) return command.filter((part) => typeof part === 'string').join(' ');
  const [first]: unknown[] = Array.isArray(locations) ? locations : [];
  return isRecord(first) && typeof first['path'] === 'string' ? first['path'] : undefined;
}

function moreWords(more: number): string {
  return more === 0 ? '' : `${more} more after this`;
}

function linesOf(lines: readonly string[]): string {
  return lines
    .filter((line) => line !== '')
    .map((line) => (line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line))
    .join('\n');
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
