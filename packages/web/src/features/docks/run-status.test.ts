import { type ConversationState, createConversation } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { runStatus } from './run-status.ts';

const startedAt = '2026-01-01T00:00:00.000Z';
const now = Date.parse(startedAt) + 65_000;
const idle = createConversation();
const run = { runId: 'r', promptId: 'p', startedAt, isStopping: false };
const running: ConversationState = { ...idle, run };
const tool = {
  type: 'tool',
  key: 1,
  at: startedAt,
  runId: 'r',
  toolCallId: 't',
  title: 'npm test',
  toolKind: 'execute',
  status: 'in_progress',
  rawInput: undefined,
  rawOutput: undefined,
  content: [],
  locations: [],
  output: [],
  exit: undefined,
} as const;

const question = { requestId: 'q', runId: 'r', seq: 2, at: startedAt, message: 'Which?', requestedSchema: {} };
const watch = {
  isCutOff: false,
  isStopAsked: false,
  startingSinceMs: undefined,
  nowMs: now,
  lastSignMs: now - 3_000,
};

describe('runStatus', () => {
  it('says nothing while no run is open', () => expect(runStatus(idle, watch)).toBeUndefined());

  it('says that it starts while a prompt is accepted whose run has not begun, and that it will be stopped', () => {
    const starting = { ...watch, startingSinceMs: now - 4_000 };
    expect(runStatus(idle, starting)).toEqual({ state: 'starting', text: 'Starting the agent…', elapsed: '4 s' });
    expect(runStatus(idle, { ...starting, isStopAsked: true })).toMatchObject({ state: 'stopping' });
    expect(runStatus(idle, { ...starting, isCutOff: true })).toBeUndefined();
  });

  it('counts a wait from when it was asked for', () => {
    const asked = { ...question, at: '2026-01-01T00:01:00.000Z' };
    expect(runStatus({ ...running, pendingElicitations: [asked] }, watch)).toMatchObject({
      state: 'waiting',
      elapsed: '5 s',
    });
  });

  it('says for how long it works', () => {
    expect(runStatus(running, watch)).toEqual({ state: 'working', text: 'Working', elapsed: '1 min 5 s' });
  });

  it('names the tool that runs, and says for how long it does', () => {
    const later = { ...tool, at: '2026-01-01T00:00:53.000Z' };
    expect(runStatus({ ...running, items: [later] }, watch)).toEqual({
      state: 'tool',
      text: 'npm test',
      elapsed: 'running for 12 s',
    });
    expect(runStatus({ ...running, items: [{ ...tool, status: 'completed' }] }, watch)?.text).toBe('Working');
  });

  it('says what the agent does before it can answer', () => {
    expect(runStatus({ ...running, activity: 'starting the agent' }, watch)).toMatchObject({
      state: 'starting',
      text: 'Starting the agent…',
    });
  });

  it('[C8] says that it was running, and no longer that it is, once nothing can be heard of it', () => {
    const cutOff = { ...watch, isCutOff: true };
    expect(runStatus(running, cutOff)).toMatchObject({
      state: 'cut-off',
      text: 'Was running when the connection was lost',
      elapsed: '1 min 5 s',
    });
    expect(runStatus({ ...running, pendingElicitations: [question] }, cutOff)?.text).toContain('waiting for you');
    expect(runStatus(idle, cutOff)).toBeUndefined();
  });

  it('says that it is stopping as soon as a stop was asked for', () => {
    expect(runStatus(running, { ...watch, isStopAsked: true })?.text).toBe('Stopping…');
    expect(runStatus({ ...running, run: { ...run, isStopping: true } }, watch)?.state).toBe('stopping');
  });

  it('names the command, and leaves out the time that its permission took', () => {
    const permission = { state: 'allowed', at: '2026-01-01T00:01:00.000Z' } as const;
    const command = { ...tool, rawInput: { command: 'npm test -- --all' }, permission };
    expect(runStatus({ ...running, items: [command] }, watch)).toMatchObject({
      text: 'Command running: npm test -- --all',
      elapsed: 'for 5 s',
    });
  });

  it('says after 20 s without an event that there is no sign of life', () => {
    const silent = (facts: ConversationState, seconds: number) =>
      runStatus(facts, { ...watch, lastSignMs: now - seconds * 1000 })?.state;
    expect(silent(running, 19)).toBe('working');
    expect(runStatus(running, { ...watch, lastSignMs: now - 34_000 })).toEqual({
      state: 'silent',
      text: 'No sign of life',
      elapsed: 'for 34 s',
    });
    expect(silent({ ...running, pendingElicitations: [question] }, 60)).toBe('waiting');
    expect(silent({ ...running, items: [tool] }, 60)).toBe('tool');
    expect(runStatus(running, { ...watch, lastSignMs: undefined })?.state).toBe('working');
  });

  it('says that the agent tries again, in its words', () => {
    const retrying = { message: 'Overloaded', at: '2026-01-01T00:01:00.000Z' };
    expect(runStatus({ ...running, retrying }, watch)).toEqual({
      state: 'retrying',
      text: 'The agent tries again: Overloaded',
      elapsed: 'for 5 s',
    });
  });
});
