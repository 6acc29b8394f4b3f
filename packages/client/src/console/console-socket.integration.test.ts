import { type RunningKonui, startKonui } from '@konui/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Api, createApi } from '../api/api.ts';
import { next, outputOf } from '../testing/console-harness.ts';
import { reaches } from '../testing/harness.ts';
import type { ConsoleOptions, ConsoleSocket } from './console-options.ts';
import { createConsole } from './create-console.ts';

/** A PNG of one pixel. */
const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

let konui: RunningKonui;
let api: Api;
let open: ConsoleSocket[] = [];
beforeAll(async () => {
  konui = await startKonui();
  api = createApi({ baseUrl: konui.url, getToken: () => konui.token });
});
afterAll(() => konui.close());
afterEach(() => {
  for (const socket of open) socket.close();
  open = [];
});

async function newSession(): Promise<string> {
  return (await api.sessions.create({ provider: 'demo', projectPath: konui.project })).sessionId;
}

function create(session: string, options: Partial<ConsoleOptions> = {}): ConsoleSocket {
  const getTicket = async (): Promise<string> => (await api.createTicket()).ticket;
  const socket = createConsole({ url: `${konui.url}/api/console/ws`, getTicket, ...options, session });
  open.push(socket);
  return socket;
}

/** A console that is open, by default for a new session. */
async function connect(session?: string, options?: Partial<ConsoleOptions>): Promise<ConsoleSocket> {
  const socket = create(session ?? (await newSession()), options);
  const status = next(socket, 'status');
  socket.connect();
  await status;
  return socket;
}

/** What the log holds of these kinds, in order. */
async function logOf({ sessionId = '' }: ConsoleSocket, ...kinds: readonly string[]) {
  const { events } = await api.sessions.events(sessionId, { limit: 5_000 });
  return events.filter(({ kind }) => kinds.includes(kind));
}

async function saidIn(socket: ConsoleSocket): Promise<string> {
  const chunks = await logOf(socket, 'agent_message_chunk');
  return chunks.map(({ content }) => (content as { text: string }).text).join('');
}

it('[A2] the socket stays open when the agent crashes, and says why; the next prompt runs', async () => {
  const socket = await connect();
  const heard: string[] = [];
  socket.onState(({ state }) => heard.push(state));
  socket.onMessage('error', ({ code }) => heard.push(code));
  const crashed = next(socket, 'complete');
  socket.prompt('/crash');
  expect(await crashed).toMatchObject({ success: false, aborted: false, stopReason: 'agent_exited' });
  const done = next(socket, 'complete');
  socket.prompt('/stream 5');
  expect(await done).toMatchObject({ success: true });
  expect(heard).toEqual(['AGENT_EXITED']);
});

it('[A10] stops in mid-stream with one complete that says aborted, and the next prompt runs', async () => {
  const socket = await connect();
  const ends: boolean[] = [];
  socket.onMessage('complete', ({ aborted }) => ends.push(aborted));
  const begun = next(socket, 'output');
  socket.prompt('/every 20 5000');
  await begun;
  expect(await socket.cancel().settled).toEqual({ state: 'accepted' });
  const done = next(socket, 'complete');
  socket.prompt('/stream 5');
  await done;
  expect(ends).toEqual([true, false]);
  expect(await socket.cancel().settled).toMatchObject({ state: 'refused', code: 'NO_ACTIVE_RUN' });
});

it('[CON5] C7: two consoles are asked for a permission, one answers, and both see it closed', async () => {
  const one = await connect();
  const two = await connect(one.sessionId);
  const asked = [next(one, 'permission_request'), next(two, 'permission_request')];
  const closed = [one, two].map((socket) => next(socket, 'status', ({ requestId }) => requestId !== undefined));
  const done = next(one, 'complete');
  one.prompt('/run echo hello');
  const [request] = await Promise.all(asked);
  const option = request?.options.find(({ kind }) => kind === 'allow_once');
  const choice = { optionId: option?.optionId ?? '' };
  expect(await two.permission(request?.requestId ?? '', choice).settled).toEqual({ state: 'accepted' });
  await Promise.all(closed);
  expect(await done).toMatchObject({ success: true });
  expect(await one.permission(request?.requestId ?? '', choice).settled).toMatchObject({
    code: 'PERMISSION_NOT_FOUND',
  });
});

it('[CON9] [CON10] images reach the agent as bytes, and others see them', async () => {
  const socket = await connect();
  const other = await connect(socket.sessionId, { images: 'binary' });
  const seen = new Promise<unknown>((resolve) => {
    other.onMessage('inject_prompt', ({ text }, images) => resolve([text, images]));
  });
  const { words } = outputOf(socket);
  const done = next(socket, 'complete');
  const { settled } = socket.prompt('/stream 3', { images: [PNG, PNG] });
  expect(await settled).toEqual({ state: 'accepted' });
  await done;
  expect(words.join('').match(/an image \(image\/png\) of \d+ bytes/g)).toEqual([
    `an image (image/png) of ${PNG.length} bytes`,
    `an image (image/png) of ${PNG.length} bytes`,
  ]);
  expect(await seen).toEqual(['/stream 3', [PNG, PNG]]);
});

it('[A9] kill -9 of the gateway in mid-stream: nothing is missing, nothing comes twice, every prompt is done once', async () => {
  const socket = await connect();
  const { words } = outputOf(socket);
  const ends: boolean[] = [];
  const allDone = new Promise<void>((resolve) => {
    socket.onMessage('complete', ({ success }) => ends.push(success) === 3 && resolve());
  });
  const inFlight = [socket.prompt('/every 20 200')];
  await next(socket, 'output');
  for (const text of ['/stream 11', '/stream 12']) {
    const { konui: gateway } = await konui.pids();
    // Sent just before: whether the gateway has passed it on, nobody knows.
    inFlight.push(socket.prompt(text));
    process.kill(gateway, 'SIGKILL');
    await reaches(socket, 'waiting');
    await reaches(socket, 'live');
  }
  for (const { settled } of inFlight) expect(await settled).toEqual({ state: 'accepted' });
  await allDone;
  expect(words.join('')).toBe(await saidIn(socket));
  const asked = (await logOf(socket, 'prompt', 'prompt_queued')).map((event) => event['promptId']);
  expect([...new Set(asked)]).toEqual(inFlight.map(({ commandId }) => commandId));
  expect(await logOf(socket, 'run_started')).toHaveLength(3);
  expect(ends).toEqual([true, true, true]);
});

it('[A9] a page that is loaded anew goes on from its cursor in mid-stream', async () => {
  const before = await connect();
  const first = outputOf(before);
  const enough = next(before, 'output', ({ content }) => content.includes('w20@'));
  before.prompt('/every 10 200');
  await enough;
  const { sessionId = '', cursor } = before;
  before.close();
  const after = create(sessionId, cursor === undefined ? {} : { after: cursor });
  const second = outputOf(after);
  const done = next(after, 'complete');
  after.connect();
  await done;
  expect([...first.words, ...second.words].join('')).toBe(await saidIn(after));
});

it('[A6] a token that is revoked closes the console, which does not come back by itself', async () => {
  const socket = await connect();
  const { id, token } = await api.accessTokens.create('short-lived');
  const other = createConsole({ url: `${konui.url}/ws/console`, token, session: socket.sessionId ?? '' });
  open.push(other);
  const told = next(other, 'error');
  other.connect();
  await reaches(other, 'live');
  await api.accessTokens.revoke(id);
  expect(await told).toMatchObject({ code: 'UNAUTHORIZED' });
  expect(await reaches(other, 'refused')).toEqual({ state: 'refused', code: 'UNAUTHORIZED' });
  const wrong = createConsole({ url: `${konui.url}/api/console/ws`, token: 'wrong' });
  open.push(wrong);
  wrong.connect();
  await reaches(wrong, 'refused');
});
