import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentRecord } from '../agent/agent-record.ts';
import { SessionWatch } from '../session-watch.ts';
import { checkLog } from './check-log.ts';
import { checkRecord } from './check-record.ts';

const sessionId = '0d09e50e-c0fb-45a0-8a55-aa4f97af46b2';
const opened = { kind: 'log_opened', epoch: 'e', bootId: 'b', fromSeq: 1, format: 1 };
const prompt = { kind: 'prompt', commandId: 'p1', promptId: 'p1' };
const started = { kind: 'run_started', runId: 'r1', promptId: 'p1' };
const ended = { kind: 'complete', runId: 'r1', stopReason: 'end_turn', success: true, aborted: false };
const chunk = (text: string) => ({ kind: 'agent_message_chunk', content: { type: 'text', text } });
const said = (instance: string, index: number) => ({
  instance,
  type: 'update' as const,
  index,
  update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: `[${instance}:${index}]` } },
});
const records: AgentRecord[] = [
  { instance: 'aaaaaaaa', type: 'started', pid: 1 },
  { instance: 'aaaaaaaa', type: 'prompt', promptId: 'p1' },
  said('aaaaaaaa', 1),
  said('aaaaaaaa', 2),
  { instance: 'aaaaaaaa', type: 'answered', promptId: 'p1', stopReason: 'end_turn' },
];
const good = [opened, prompt, started, chunk('[aaaaaaaa:1]'), chunk('[aaaaaaaa:2]'), ended];

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'konui-chaos-checks-'));
  mkdirSync(join(home, 'sessions', sessionId), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function watchOf(events: readonly object[], inbox: readonly object[] = [{ commandId: 'p1' }]): SessionWatch {
  const folder = join(home, 'sessions', sessionId);
  const toLines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  const at = '2026-01-01T00:00:00.000Z';
  writeFileSync(
    join(folder, 'log.ndjson'),
    toLines(events.map((event, index) => ({ seq: index + 1, sessionId, at, ...event }))),
  );
  writeFileSync(join(folder, 'inbox.ndjson'), toLines(inbox));
  const watch = new SessionWatch(home, sessionId, () => undefined);
  watch.poll();
  return watch;
}

const breachesOf = (events: readonly object[], inbox?: readonly object[]) =>
  checkLog(watchOf(events, inbox)).join('\n');
const recordBreachesOf = (events: readonly object[], written: readonly AgentRecord[] = records) =>
  checkRecord(sessionId, watchOf(events).events, written).join('\n');

describe('the checks of a chaos run', () => {
  it('find nothing in a log that keeps the rules, joined chunks among it', () => {
    expect(breachesOf(good)).toBe('');
    expect(recordBreachesOf(good)).toBe('');
    expect(recordBreachesOf([opened, prompt, started, chunk('[aaaaaaaa:1][aaaaaaaa:2]'), ended])).toBe('');
  });

  it('[EVT3] find a run without and with two completes', () => {
    expect(breachesOf(good.slice(0, -1))).toContain('[EVT3] run r1 has 0 completes');
    expect(breachesOf([...good, ended])).toContain('[EVT3] run r1 has 2 completes');
  });

  it('[EVT3] find two runs at a time, and [CMD4] two of one prompt', () => {
    const second = { ...started, runId: 'r2' };
    const found = breachesOf([...good.slice(0, -1), second, ended, { ...ended, runId: 'r2' }]);
    expect(found).toContain('run r2 begins while r1 is open');
    expect(found).toContain('[CMD4] prompt p1 has two runs');
  });

  it('[CMD1] find a command without and with two answers', () => {
    expect(breachesOf(good, [{ commandId: 'p1' }, { commandId: 'p2' }])).toContain(
      'command p2 is answered by 0 events',
    );
    expect(breachesOf([...good, prompt])).toContain('command p1 is answered by 2 events');
  });

  it('[CMD3] find a prompt that was accepted and never ran, unless it was removed', () => {
    const inbox = [{ commandId: 'p1', type: 'prompt' }];
    expect(breachesOf([opened, prompt], inbox)).toContain('prompt p1 was accepted and never ran');
    expect(breachesOf([opened, prompt, { kind: 'prompt_removed', promptId: 'p1' }], inbox)).toBe('');
  });

  it('[SEQ1] find a hole, and [SEQ4] a second beginning', () => {
    expect(breachesOf([opened, { ...prompt, seq: 3 }])).toContain('[SEQ1] event 3 stands at line 2');
    expect(breachesOf([...good, opened])).toContain('[SEQ4] log_opened stands at 1, 7');
  });

  it('[EVT4] find a run that is aborted without a stop', () => {
    const aborted = { ...ended, success: false, aborted: true };
    expect(breachesOf([...good.slice(0, -1), aborted])).toContain('[EVT4] run r1 is aborted but nobody stopped it');
  });

  it('find a change of what was written before', () => {
    const watch = watchOf(good);
    watchOf([opened, prompt, started, chunk('[aaaaaaaa:1]'), chunk('[aaaaaaaa:9]'), ended]);
    expect(checkLog(watch).join()).toContain('line 5 of the log has changed');
  });

  it('find an update that is lost, doubled or out of order', () => {
    const [one, two] = [chunk('[aaaaaaaa:1]'), chunk('[aaaaaaaa:2]')];
    const around = (...chunks: object[]) => recordBreachesOf([opened, prompt, started, ...chunks, ended]);
    expect(around(two)).toContain('aaaaaaaa:2 where update 1 was to come');
    expect(around(one, two, two)).toContain('aaaaaaaa:2 where update 3 was to come');
    expect(around(two, one)).toContain('where update 1 was to come');
    expect(around(one)).toContain('1 updates are missing before its end');
    expect(around(one, chunk('[aaaaaaaa:2] and more'))).toContain('aaaaaaaa:2 differs from what the agent sent');
  });

  it('allow an exact prefix where the run did not succeed', () => {
    const interrupted = { ...ended, success: false, stopReason: 'interrupted' };
    expect(recordBreachesOf([opened, prompt, started, chunk('[aaaaaaaa:1]'), interrupted])).toBe('');
  });

  it('[CMD4] find a prompt that the agent was given twice', () => {
    const again: AgentRecord[] = [
      { instance: 'bbbbbbbb', type: 'started', pid: 2 },
      { instance: 'bbbbbbbb', type: 'prompt', promptId: 'p1' },
    ];
    expect(recordBreachesOf(good, [...records, ...again])).toContain('[CMD4] prompt p1 was given to the agent twice');
  });
});
