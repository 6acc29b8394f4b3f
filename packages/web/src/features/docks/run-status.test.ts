import { createConversation } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { runStatus } from './run-status.ts';

const startedAt = '2026-01-01T00:00:00.000Z';
const now = Date.parse(startedAt) + 65_000;
const idle = createConversation();
const running = { ...idle, run: { runId: 'r', promptId: 'p', startedAt, isStopping: false } };
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

describe('runStatus', () => {
  it('says nothing while no run is open', () => expect(runStatus(idle, false, now)).toBeUndefined());

  it('says for how long it works', () => {
    expect(runStatus(running, false, now)).toEqual({ state: 'working', text: 'Working', elapsed: '1 min 5 s' });
  });

  it('names the tool that runs', () => {
    expect(runStatus({ ...running, items: [tool] }, false, now)?.text).toBe('npm test');
    expect(runStatus({ ...running, items: [{ ...tool, status: 'completed' }] }, false, now)?.text).toBe('Working');
  });

  it('says what the agent does before it can answer', () => {
    expect(runStatus({ ...running, activity: 'starting the agent' }, false, now)).toMatchObject({
      state: 'starting',
      text: 'Starting the agent…',
    });
  });

  it('says that it is stopping as soon as a stop was asked for', () => {
    expect(runStatus(running, true, now)?.text).toBe('Stopping…');
    expect(runStatus({ ...running, run: { ...running.run, isStopping: true } }, false, now)?.state).toBe('stopping');
  });
});
