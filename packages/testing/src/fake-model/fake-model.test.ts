import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeModel, type FakeModel } from './fake-model.ts';
import { monotonicUs, stampsIn } from './monotonic-clock.ts';
import { sampleDocument } from './sample-document.ts';

let model: FakeModel;

beforeEach(async () => {
  model = await startFakeModel();
});

afterEach(() => model.close());

const tools = [{ name: 'Bash', input_schema: { properties: { command: {} } } }];

const askAnthropic = (messages: object[], more: object = {}): Promise<Response> =>
  fetch(`${model.url}/v1/messages`, {
    method: 'POST',
    body: JSON.stringify({ model: 'any', stream: true, messages, tools, ...more }),
  });

const askWith = (text: string): Promise<Response> => askAnthropic([{ role: 'user', content: text }]);

/** The text of all deltas. */
async function textOf(response: Response): Promise<string> {
  return [...(await response.text()).matchAll(/"text_delta","text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => String(JSON.parse(`"${text}"`)))
    .join('');
}

describe('the fake model', () => {
  it('answers a prompt without a marker', async () => {
    expect(await textOf(await askWith('hello'))).toBe('ok');
  });

  it('streams the scenario that the last marker names', async () => {
    expect(await textOf(await askWith('[[think]] [[hello]]'))).toBe('Hello from the fake model.');
  });

  it('streams a document in small pieces', async () => {
    expect(await textOf(await askWith('[[doc {"everyMs": 0, "charsEach": 7}]]'))).toBe(sampleDocument);
  });

  it('stamps what it streams with the time of sending', async () => {
    const before = monotonicUs();
    const stamps = stampsIn(await textOf(await askWith('[[stream {"count": 5, "everyMs": 1}]]')));
    expect(stamps).toHaveLength(5);
    expect(stamps[0]).toBeGreaterThan(before);
  });

  it('goes on with the next turn after a tool call, without a memory of its own', async () => {
    const prompt = { role: 'user', content: '[[shell {"command": "date"}]]' };
    const first = await (await askAnthropic([prompt])).text();
    expect(first).toContain('"name":"Bash"');
    expect(first).toContain(String.raw`{\"command\":\"date\"}`);
    const call = { role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'Bash', input: {} }] };
    const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: '1', content: 'today' }] };
    expect(await textOf(await askAnthropic([prompt, call, result]))).toBe('Command result: today');
    expect(model.requests.map(({ scenario, turn }) => [scenario, turn])).toEqual([
      ['shell', 0],
      ['shell', 1],
    ]);
  });

  it('counts images', async () => {
    const content = [
      { type: 'text', text: '[[image]]' },
      { type: 'image', source: {} },
    ];
    expect(await textOf(await askAnthropic([{ role: 'user', content }]))).toBe('I see 1 image(s).');
  });

  it('fits the answer to a side question into its schema', async () => {
    const schema = { type: 'object', properties: { title: { type: 'string' }, tags: { type: 'array' } } };
    const output_config = { format: { type: 'json_schema', schema } };
    const response = await askAnthropic([{ role: 'user', content: 'A title?' }], { stream: false, output_config });
    const { content } = (await response.json()) as { content: [{ text: string }] };
    expect(JSON.parse(content[0].text)).toEqual({ title: 'Fake title', tags: [] });
  });

  it('fails as often as asked', async () => {
    const prompt = '[[error {"kind": "rate_limit", "times": 1, "retryAfter": 2}]]';
    const failed = await askWith(prompt);
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await textOf(await askWith(prompt))).toBe('Recovered.');
  });

  it('fails in mid-stream', async () => {
    expect(await (await askWith('[[errorMid]]')).text()).toContain('overloaded_error');
  });

  it('drops the connection in mid-stream', async () => {
    await expect((await askWith('[[dropMid]]')).text()).rejects.toThrow('terminated');
  });

  it('waits at a gate until the test opens it', async () => {
    const response = await askWith('[[gate {"gate": "g"}]]');
    model.openGate('g');
    expect(await textOf(response)).toBe('before after');
  });

  it('notices that the agent went away', async () => {
    const controller = new AbortController();
    const body = JSON.stringify({
      model: 'any',
      stream: true,
      messages: [{ role: 'user', content: '[[hang]]' }],
      tools,
    });
    await fetch(`${model.url}/v1/messages`, { method: 'POST', body, signal: controller.signal });
    controller.abort();
    await expect.poll(() => model.requests[0]?.endedBy).toBe('agent');
  });

  it('says what is wrong with a scenario', async () => {
    const response = await askWith('[[edit]]');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('[[edit]] needs {\\"path\\"');
  });

  it('speaks the other dialects', async () => {
    const text = '[[hello]]';
    const send = async (path: string, body: object): Promise<string> =>
      (await fetch(`${model.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).text();
    const fn = { type: 'function', name: 'exec_command' };
    expect(await send('/v1/responses', { model: 'any', stream: true, input: text, tools: [fn] })).toContain(
      '"text":"Hello from the fake model."',
    );
    const messages = [{ role: 'user', content: text }];
    const chat = { model: 'any', stream: true, messages, tools: [{ type: 'function', function: { name: 'bash' } }] };
    expect(await send('/v1/chat/completions', chat)).toContain('"content":"fake model."');
    const gemini = {
      contents: [{ role: 'user', parts: [{ text }] }],
      tools: [{ functionDeclarations: [{ name: 'f' }] }],
    };
    expect(await send('/v1beta/models/any:streamGenerateContent', gemini)).toContain('"text":"fake model."');
  });
});
