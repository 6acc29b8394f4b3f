import { foldSession, parseSessionEvent, type SessionEvent, type SessionPaths } from '@konui/protocol';
import { expect } from 'vitest';
import { findMarkedProcesses } from '../runner/agent/marked-processes.ts';
import { linesOf, untilFound } from './until-found.ts';

export function eventsOf(logPath: string): SessionEvent[] {
  return linesOf(logPath).flatMap((line) => parseSessionEvent(line) ?? []);
}

export const ofKind = (events: readonly SessionEvent[], kind: string): SessionEvent[] =>
  events.filter((event) => event.kind === kind);

/** Resolves with the log when every command of the inbox has its answer and no run is open. */
export function untilSettled(files: Pick<SessionPaths, 'log' | 'inbox'>): Promise<SessionEvent[]> {
  return untilFound(() => {
    const events = eventsOf(files.log);
    const { run, answered } = foldSession(events);
    const commands = linesOf(files.inbox).map((line) => String(Object(JSON.parse(line)).commandId));
    return run === undefined && commands.every((id) => answered.has(id)) ? events : undefined;
  });
}

/** What has to hold of every log, whatever died: SEQ1, EVT3, CMD1, CMD4. */
export function expectWholeLog(events: readonly SessionEvent[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const runIds = ofKind(events, 'run_started').map((event) => event['runId']);
  expect(new Set(runIds).size).toBe(runIds.length);
  expect(ofKind(events, 'complete').map((event) => event['runId'])).toEqual(runIds);
  const begun = ofKind(events, 'run_started').map((event) => event['promptId']);
  expect(new Set(begun).size).toBe(begun.length);
  const answered = events.flatMap((event) => (typeof event['commandId'] === 'string' ? [event['commandId']] : []));
  expect(new Set(answered).size).toBe(answered.length);
}

/** Resolves when nothing that the session's agent started is alive. */
export async function untilNoProcess(sessionId: string): Promise<void> {
  await untilFound(() => (findMarkedProcesses(sessionId).length === 0 ? true : undefined));
}
