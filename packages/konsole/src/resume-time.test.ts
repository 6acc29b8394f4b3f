import { expect, it } from 'vitest';
import { resumeTimeOf } from './resume-time.ts';
import { EMPTY_SUMMARY } from './session-summary.ts';

const record = { resumeAfterLimit: true, archived: false, deleted: false };
const limit = { at: '2026-01-08T13:00:00.000Z', resetsAt: '2026-01-08T15:00:00.000Z', isTakenOver: false };
const summary = { ...EMPTY_SUMMARY, limit };
const run = { runId: 'r', startedAt: limit.at, isStopping: false };
const timeOf = (changes: object, recordChanges: object = {}) =>
  resumeTimeOf({ ...record, ...recordChanges }, { ...summary, ...changes })?.toISOString();

it('[LIM2] is when the agent says that its limit resets', () => {
  expect(timeOf({})).toBe(limit.resetsAt);
  expect(timeOf({ queuedPrompts: 2, queueHold: 'limit' })).toBe(limit.resetsAt);
});

it.each([
  ['nobody wants it', {}, { resumeAfterLimit: false }],
  ['the session is archived', {}, { archived: true }],
  ['the session is deleted', {}, { deleted: true }],
  ['there is no limit', { limit: null }, {}],
  ['the agent did not say when', { limit: { ...limit, resetsAt: null } }, {}],
  ['a person emptied the queue', { limit: { ...limit, isTakenOver: true } }, {}],
  ['a person holds the queue', { queueHold: 'person' }, {}],
  ['a person holds waiting prompts', { queuedPrompts: 1, queueHold: 'person' }, {}],
  ['prompts go on by themselves', { queuedPrompts: 1 }, {}],
  ['a run is open', { run }, {}],
  ['the reset lies long in the past', { limit: { ...limit, resetsAt: '2026-01-08T12:00:00.000Z' } }, {}],
])('[LIM2] is never where %s', (_why, changes, recordChanges) => {
  expect(timeOf(changes, recordChanges)).toBeUndefined();
});

it('[LIM2] is at least a minute after the limit, so that an agent is not asked in a loop', () => {
  expect(timeOf({ limit: { ...limit, resetsAt: '2026-01-08T12:59:59.000Z' } })).toBe('2026-01-08T13:01:00.000Z');
});
