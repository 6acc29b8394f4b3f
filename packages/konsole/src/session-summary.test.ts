import { newId, Provider, RunId, SessionId, type SessionRecord } from '@konui/protocol';
import { expect, it } from 'vitest';
import { EMPTY_SUMMARY, HEALTHY_RUNNER, toSessionInfo } from './session-summary.ts';

const record: SessionRecord = {
  sessionId: newId(SessionId),
  provider: Provider.parse('demo'),
  projectPath: '/p',
  title: null,
  createdAt: '2026-01-08T13:11:00.000Z',
  archived: false,
  deleted: false,
  resumeAfterLimit: false,
};
const run = { runId: newId(RunId), startedAt: '2026-01-08T13:12:00.000Z', isStopping: false };

it.each([
  ['idle', EMPTY_SUMMARY],
  ['working', { ...EMPTY_SUMMARY, unansweredCommands: 1 }],
  ['working', { ...EMPTY_SUMMARY, run }],
  ['waiting', { ...EMPTY_SUMMARY, run, pendingPermissions: 1 }],
  ['stopping', { ...EMPTY_SUMMARY, run: { ...run, isStopping: true }, pendingPermissions: 1 }],
] as const)('a session is %s (case %#)', (status, summary) => {
  expect(toSessionInfo(record, summary, HEALTHY_RUNNER).status).toBe(status);
});

it('a silent runner hides what its session was doing, but not which run is open', () => {
  const row = toSessionInfo(record, { ...EMPTY_SUMMARY, run }, { isResponding: false, trouble: null });
  expect(row).toMatchObject({ status: 'not_responding', runId: run.runId });
});

it('the title that a person gave wins over the one of the log', () => {
  const summary = { ...EMPTY_SUMMARY, title: 'from the log' };
  expect(toSessionInfo(record, summary, HEALTHY_RUNNER).title).toBe('from the log');
  expect(toSessionInfo({ ...record, title: 'given' }, summary, HEALTHY_RUNNER).title).toBe('given');
});

it('a session without events was updated when it was created', () => {
  expect(toSessionInfo(record, EMPTY_SUMMARY, HEALTHY_RUNNER).updatedAt).toBe(record.createdAt);
});
