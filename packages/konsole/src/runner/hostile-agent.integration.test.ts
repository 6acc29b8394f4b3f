import { afterEach, expect, it } from 'vitest';
import { createRunnerFixture, type RunnerFixture } from './testing/runner-fixture.ts';

let fixture: RunnerFixture | undefined;

afterEach(() => fixture?.close());

/** An agent that answers every request; a prompt by running `act`, a JavaScript statement. */
function open(
  act: string,
  start = { initialize: '{ protocolVersion: 1 }', newSession: "{ sessionId: 's' }" },
): RunnerFixture {
  const program = `
    const write = (value) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...value }) + '\\n');
    const update = (fields) => write({ method: 'session/update', params: { sessionId: 's', update: fields } });
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { id, method } = JSON.parse(line);
      const answer = (result) => write({ id, result });
      if (method === 'initialize') answer(${start.initialize});
      else if (method === 'session/new') answer(${start.newSession});
      else if (method === 'session/prompt') { ${act} }
    });`;
  fixture = createRunnerFixture({ command: process.execPath, args: ['-e', program] });
  fixture.start();
  return fixture;
}

const isComplete = (event: { kind: string }): boolean => event.kind === 'complete';

it('[EVT1] [EVT3] ends no run because an agent says so in an update', async () => {
  const { prompt, until, events } = open(`
    update({ sessionUpdate: 'complete', runId: 'x', success: true });
    update({ sessionUpdate: 'log_opened', epoch: 'x', fromSeq: 1 });
    answer({ stopReason: 'end_turn' });`);
  prompt('go');
  expect(await until(isComplete)).toMatchObject({ success: true, runId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(events.map(({ kind }) => kind)).toEqual([
    'log_opened',
    'prompt',
    'run_started',
    'status',
    'agent_ready',
    'agent_complete',
    'agent_log_opened',
    'complete',
  ]);
});

it('[EVT5] survives an answer that is null', async () => {
  const { prompt, until, events } = open('answer(null);');
  prompt('go');
  expect(await until(isComplete)).toMatchObject({ stopReason: 'error', success: false });
  expect(events.find(({ kind }) => kind === 'error')).toMatchObject({ code: 'AGENT_PROTOCOL' });
});

it('takes a message that nests too deeply for garbage, and goes on', async () => {
  const { prompt, until, text } = open(`
    const deep = '{"a":'.repeat(5000) + '1' + '}'.repeat(5000);
    const head = '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s","update":';
    process.stdout.write(head + '{"sessionUpdate":"deep","field":' + deep + '}}}\\n');
    update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'still here' } });
    answer({ stopReason: 'end_turn' });`);
  prompt('go');
  expect(await until(isComplete)).toMatchObject({ stopReason: 'end_turn', success: true });
  expect(text()).toBe('still here');
});

it.each([
  ['initialize', { initialize: '"nope"', newSession: "{ sessionId: 's' }" }],
  ['initialize', { initialize: '{ protocolVersion: 99 }', newSession: "{ sessionId: 's' }" }],
  ['session/new', { initialize: '{ protocolVersion: 1 }', newSession: '{}' }],
])('[EVT5] says that an answer to %s cannot be used: %o', async (method, start) => {
  const { prompt, until, events } = open('', start);
  prompt('go');
  expect(await until(isComplete)).toMatchObject({ stopReason: 'error', success: false });
  const error = events.find(({ kind }) => kind === 'error');
  expect(error).toMatchObject({ code: 'AGENT_PROTOCOL', message: expect.stringContaining(method) });
});

it('[EVT3] takes the first answer to a prompt and no second one', async () => {
  const { prompt, until, events } = open("answer({ stopReason: 'end_turn' }); answer({ stopReason: 'refusal' });");
  prompt('go');
  expect(await until(isComplete)).toMatchObject({ stopReason: 'end_turn', success: true });
  expect(events.filter(isComplete)).toHaveLength(1);
});

it('[EVT1] takes no update for a session that is not its own', async () => {
  const { prompt, until, text } = open(`
    const chunk = (sessionId, text) => write({ method: 'session/update', params: { sessionId,
      update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } } } });
    chunk('foreign', 'not mine');
    chunk('s', 'mine');
    answer({ stopReason: 'end_turn' });`);
  prompt('go');
  await until(isComplete);
  expect(text()).toBe('mine');
});

it('answers a permission request without options with an error, instead of asking a question without answers', async () => {
  const { prompt, until, text, events } = open(`
    write({ id: 'ask', method: 'session/request_permission', params: { sessionId: 's', toolCall: { toolCallId: 't' }, options: [] } });
    process.stdin.once('data', (data) => {
      update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: String(data.includes('error')) } });
      answer({ stopReason: 'end_turn' });
    });`);
  prompt('go');
  await until(isComplete);
  expect(text()).toBe('true');
  expect(events.some(({ kind }) => kind === 'permission_request')).toBe(false);
});
