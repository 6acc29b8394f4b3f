import type { CommandId, SessionEvent } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunnerFixture, type RunnerFixture } from './testing/runner-fixture.ts';

let fixture: RunnerFixture;

beforeEach(() => {
  fixture = createRunnerFixture();
});
afterEach(() => fixture.close());

const is =
  (kind: string) =>
  (event: SessionEvent): boolean =>
    event.kind === kind;
const order = (): unknown[] => fixture.events.filter(is('prompt')).map((event) => event['promptId']);
const version = (): number => fixture.state().queueVersion;
const answer = (commandId: CommandId): Promise<SessionEvent> =>
  fixture.until((event) => event['commandId'] === commandId);

async function untilComplete(promptId: string): Promise<SessionEvent> {
  const started = await fixture.until((event) => event.kind === 'run_started' && event['promptId'] === promptId);
  return fixture.until((event) => event.kind === 'complete' && event['runId'] === started['runId']);
}

/** A run that goes on until it is stopped, with prompts behind it. */
async function startWithWaiting(...texts: string[]): Promise<{ running: CommandId; waiting: CommandId[] }> {
  fixture.start();
  const running = fixture.prompt('/every 20 100000');
  await fixture.until(is('agent_message_chunk'));
  const waiting = texts.map((text) => fixture.prompt(text));
  for (const id of waiting) await answer(id);
  return { running, waiting };
}

const stopRun = (): CommandId => fixture.stop(fixture.state().run?.runId ?? '');

describe('the queue', () => {
  it('[QUE1] is edited, moved and emptied by the version that the editor saw', async () => {
    const { waiting } = await startWithWaiting('/stream 2', '/stream 3', '/stream 4');
    const [first, second, third] = waiting;
    const seen = version();
    const content = [{ type: 'text', text: '/stream 5' }];
    const edit = fixture.send({ type: 'queue_edit', promptId: second, queueVersion: seen, content });
    expect(await answer(edit)).toMatchObject({ kind: 'prompt_changed', promptId: second, content });
    const late = fixture.send({ type: 'queue_remove', promptId: first, queueVersion: seen });
    expect(await answer(late)).toMatchObject({ kind: 'command_rejected', code: 'QUEUE_CHANGED' });
    await answer(fixture.send({ type: 'queue_move', promptId: third, queueVersion: version(), before: first }));
    await answer(fixture.send({ type: 'queue_remove', promptId: first, queueVersion: version() }));
    expect(fixture.state().queue.map(({ promptId }) => promptId)).toEqual([third, second]);
    const gone = fixture.send({ type: 'queue_remove', promptId: first, queueVersion: version() });
    expect(await answer(gone)).toMatchObject({ kind: 'command_rejected', code: 'PROMPT_NOT_QUEUED' });
  });

  it('[QUE2] is held when the run before it is stopped, and goes on when it is resumed', async () => {
    const { running, waiting } = await startWithWaiting('/stream 2', '/stream 3');
    stopRun();
    const complete = await untilComplete(running);
    const held = await fixture.until(is('queue_held'));
    expect(held).toMatchObject({ reason: 'stopped', seq: complete.seq + 1 });
    await answer(fixture.send({ type: 'queue_resume' }));
    for (const id of waiting) await untilComplete(id);
    expect(order()).toEqual([running, ...waiting]);
    expect(fixture.state().queueHold).toBeUndefined();
  });

  it.each([
    ['/crash', 'agent_exited'],
    ['/limit', 'limit'],
    ['/fail no', 'error'],
  ])('[QUE2] is held after %s with the reason %s', async (text, reason) => {
    fixture.start();
    const hold = fixture.prompt('/every 20 30');
    await fixture.until(is('agent_message_chunk'));
    const failing = fixture.prompt(text);
    const waiting = fixture.prompt('/stream 2');
    await untilComplete(hold);
    await untilComplete(failing);
    expect(await fixture.until(is('queue_held'))).toMatchObject({ reason });
    expect(fixture.state().queue.map(({ promptId }) => promptId)).toEqual([waiting]);
  });

  it('[QUE2] holds nothing where nothing waits', async () => {
    const { running } = await startWithWaiting();
    stopRun();
    await untilComplete(running);
    await untilComplete(fixture.prompt('/stream 2'));
    expect(fixture.events.filter(is('queue_held'))).toEqual([]);
  });

  it('[QUE3] lets a new prompt run at once while others are held', async () => {
    const { running, waiting } = await startWithWaiting('/stream 2');
    stopRun();
    await untilComplete(running);
    const fresh = fixture.prompt('/stream 3');
    await untilComplete(fresh);
    expect(order()).toEqual([running, fresh]);
    expect(fixture.state()).toMatchObject({ queueHold: { reason: 'stopped' }, queue: [{ promptId: waiting[0] }] });
  });

  it('[QUE4] "send now" ends the open run and goes first; what is behind it goes on', async () => {
    const { running, waiting } = await startWithWaiting('/stream 2', '/stream 3');
    const [first, second] = waiting;
    const commandId = fixture.send({ type: 'queue_send_now', promptId: second, queueVersion: version() });
    expect(await answer(commandId)).toMatchObject({ kind: 'prompt_changed', sendNow: true });
    expect(await untilComplete(running)).toMatchObject({ aborted: true });
    await untilComplete(String(first));
    expect(order()).toEqual([running, second, first]);
    expect(fixture.events.filter(is('queue_held'))).toEqual([]);
  });

  it('[QUE4] "send now" takes one prompt out of a held queue', async () => {
    const { running, waiting } = await startWithWaiting('/stream 2', '/stream 3');
    await answer(fixture.send({ type: 'queue_hold' }));
    stopRun();
    await untilComplete(running);
    await answer(fixture.send({ type: 'queue_send_now', promptId: waiting[1], queueVersion: version() }));
    await untilComplete(String(waiting[1]));
    expect(order()).toEqual([running, waiting[1]]);
    expect(fixture.state().queue.map(({ promptId }) => promptId)).toEqual([waiting[0]]);
  });

  it('[QUE2] outlives the runner, which is held as interrupted', async () => {
    const { running, waiting } = await startWithWaiting('/stream 2');
    await fixture.killRunners();
    fixture.start();
    expect(await untilComplete(running)).toMatchObject({ stopReason: 'interrupted' });
    expect(await fixture.until(is('queue_held'))).toMatchObject({ reason: 'interrupted' });
    await answer(fixture.send({ type: 'queue_resume' }));
    await untilComplete(String(waiting[0]));
    expect(order()).toEqual([running, waiting[0]]);
  });

  it('[QUE5] holds a prompt that was written long before anything could run', async () => {
    const id = fixture.prompt('/stream 2', undefined, { at: new Date(Date.now() - 11 * 60_000).toISOString() });
    fixture.start();
    expect(await answer(id)).toMatchObject({ kind: 'prompt_queued' });
    expect(await fixture.until(is('queue_held'))).toMatchObject({ reason: 'old' });
    await answer(fixture.send({ type: 'queue_resume' }));
    expect(await untilComplete(id)).toMatchObject({ success: true });
  });

  it('[CMD1] runs a prompt whose run_started was torn off the log', async () => {
    const torn = fixture.prompt('/stream 2');
    fixture.start();
    await fixture.until(is('run_started'));
    await fixture.killRunners();
    fixture.tearLog('run_started');
    fixture.start();
    fixture.prompt('/stream 3');
    // Not by `until`: what is followed is cut away under it.
    while (fixture.readLog().filter(is('complete')).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    const events = fixture.readLog();
    const begun = (promptId: string) =>
      events.filter((event) => event['promptId'] === promptId).map(({ kind }) => kind);
    expect(begun(torn)).toEqual(['prompt', 'run_started']);
    expect(events.filter(is('prompt'))).toHaveLength(2);
  });
});
