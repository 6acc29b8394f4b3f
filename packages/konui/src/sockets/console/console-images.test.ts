import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS, newId, PromptId, type SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';

const start = useTestGateways();

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const png = (name: string): Buffer => Buffer.concat([PNG, Buffer.from(name)]);
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const block = (bytes: Buffer) => expect.objectContaining({ type: 'image', attachment: sha256(bytes) });

async function open(query = '') {
  const gateway = await start();
  const sessionId = gateway.newSession();
  const client = await gateway.connectConsole(`session=${sessionId}&${query}`);
  await client.message('status');
  const { host } = gateway;
  const prompts = () => host.commands.filter(({ name }) => name === 'prompt');
  const contents = () => prompts().map(({ body }) => body['content']);
  const untilPrompts = (count: number) => expect.poll(() => prompts().length).toBe(count);
  const store = (bytes: Buffer) => writeFileSync(join(gateway.folder, 'host', sha256(bytes)), bytes);
  return { ...gateway, store, sessionId, client, prompts, contents, untilPrompts };
}

it('[CON9] A5: takes binary frames as images of the next prompt, in their order and before those of its JSON', async () => {
  const { client, contents, untilPrompts, prompts } = await open();
  const [one, two, named] = [png('one'), png('two'), sha256(png('named'))];
  client.send(one);
  client.send(two);
  const inline = { mimeType: 'image/png', data: png('inline').toString('base64') };
  const id = newId(PromptId);
  client.send({ type: 'prompt', text: 'look', images: [inline, { attachment: named }], id });
  client.send({ type: 'prompt', text: 'and now without' });
  await untilPrompts(2);
  expect(contents()).toEqual([
    [
      { type: 'text', text: 'look' },
      block(one),
      block(two),
      { type: 'image', ...inline },
      expect.objectContaining({ attachment: named }),
    ],
    [{ type: 'text', text: 'and now without' }],
  ]);
  expect(prompts()[0]?.body['commandId']).toBe(id);
  expect(client.all('image_stored')).toEqual([
    { type: 'image_stored', image: 1, attachment: sha256(one), mimeType: 'image/png', byteLength: one.length },
    { type: 'image_stored', image: 2, attachment: sha256(two), mimeType: 'image/png', byteLength: two.length },
  ]);
  expect(client.all('error')).toEqual([]);
});

it('[CON9] keeps the order of prompts and injects, and hears a stop, while an upload is slow', async () => {
  const { client, host, contents, untilPrompts } = await open();
  let release = (): void => undefined;
  host.uploadGate = new Promise((resolve) => (release = resolve));
  client.send(png('slow'));
  client.send({ type: 'prompt', text: 'first' });
  client.send({ type: 'inject', text: 'second' });
  client.send(png('late'));
  client.send({ type: 'prompt', text: '' });
  client.send({ type: 'cancel' });
  await expect.poll(() => host.commands.map(({ name }) => name)).toEqual(['stop']);
  release();
  await untilPrompts(3);
  expect(contents()).toEqual([
    [{ type: 'text', text: 'first' }, block(png('slow'))],
    [{ type: 'text', text: 'second' }],
    [block(png('late'))],
  ]);
});

it('[CON9] gives an inject the images that came before it', async () => {
  const { client, contents, untilPrompts } = await open();
  client.send(png('chart'));
  client.send({ type: 'inject', text: 'look', idempotencyKey: 'chart' });
  await client.message('accepted');
  await untilPrompts(1);
  expect(contents()).toEqual([[{ type: 'text', text: 'look' }, block(png('chart'))]]);
});

it.each([
  ['bytes of another type', Buffer.from('%PDF-1.7'), 'ATTACHMENT_TYPE'],
  ['no bytes', Buffer.alloc(0), 'ATTACHMENT_TYPE'],
  ['an image that is too large', Buffer.concat([PNG, Buffer.alloc(LIMITS.maxImageBytes)]), 'ATTACHMENT_TOO_LARGE'],
])('[CON9] refuses %s, and the prompt that it belongs to, as a whole', async (_name, bytes, code) => {
  const { client, contents, untilPrompts } = await open();
  client.send(png('good'));
  client.send(bytes);
  const id = newId(PromptId);
  client.send({ type: 'prompt', text: 'look at both', id });
  expect(await client.message('error', ({ image }) => image === 2)).toMatchObject({ code, retryable: false });
  expect(await client.message('error', (error) => error.id === id)).toMatchObject({ code });
  const { attachment } = await client.message('image_stored');
  client.send({ type: 'prompt', text: 'look at the good one', images: [{ attachment }] });
  await untilPrompts(1);
  expect(contents()).toEqual([[{ type: 'text', text: 'look at the good one' }, block(png('good'))]]);
  expect(client.all('error')).toHaveLength(2);
});

it('[CON9] takes 63 images for a prompt, and says of more that they are too many', async () => {
  const { client, untilPrompts, contents } = await open();
  for (let count = 1; count <= 64; count += 1) client.send(png(String(count)));
  const id = newId(PromptId);
  client.send({ type: 'prompt', text: 'all', id });
  expect(await client.message('error', ({ image }) => image === 64)).toMatchObject({ code: 'TOO_MANY' });
  expect(await client.message('error', (error) => error.id === id)).toMatchObject({ code: 'TOO_MANY' });
  client.send(png('one'));
  const images = Array.from({ length: 63 }, () => ({ attachment: sha256(png('1')) }));
  client.send({ type: 'prompt', text: 'one and 63', images, id: newId(PromptId) });
  await client.until(() => client.all('error').length === 3, 'the third error');
  for (let count = 1; count <= 63; count += 1) client.send(png(String(count)));
  client.send({ type: 'prompt', text: 'as many as may be' });
  await untilPrompts(1);
  expect(contents()[0]).toHaveLength(64);
  expect(client.all('error')).toHaveLength(3);
});

it('[CON9] a prompt that is wrong takes its images with it, and none of them goes to the next', async () => {
  const { client, untilPrompts, contents } = await open();
  client.send(png('lost'));
  client.send({ type: 'prompt', text: 7 });
  client.send({ type: 'ping' });
  client.send({ type: 'prompt', text: 'next' });
  await untilPrompts(1);
  expect(contents()).toEqual([[{ type: 'text', text: 'next' }]]);
  expect(client.all('error')).toMatchObject([{ code: 'INVALID_MESSAGE' }]);
});

it('[CON9] [ACC7] stores nothing for a token without the right, which is told so', async () => {
  const { gateway, connectConsole, sessionId, host } = await open();
  const reader = gateway.tokens.create('reader', { access: { rights: new Set(['read']), bounds: undefined } });
  const client = await connectConsole(`session=${sessionId}`, { as: reader.token });
  client.send(png('x'));
  expect(await client.message('error')).toMatchObject({ code: 'FORBIDDEN', image: 1 });
  expect(host.requests.filter((request) => request.endsWith('/attachments'))).toEqual([]);
});

const show = (bytes: Buffer) => ({
  type: 'image',
  mimeType: 'image/png',
  attachment: sha256(bytes),
  byteLength: bytes.length,
});
const shown = (bytes: Buffer, sessionId: SessionId) => ({
  attachment: sha256(bytes),
  mimeType: 'image/png',
  byteLength: bytes.length,
  url: `/api/providers/sessions/${sessionId}/attachments/${sha256(bytes)}`,
});
const said = (content: object) => ({ kind: 'agent_message_chunk', content });

it('[CON10] A5: tells of the agent’s images by an address that serves their bytes', async () => {
  const { client, host, sessionId, fetch, store } = await open();
  const picture = png('picture');
  store(picture);
  host.append(sessionId, [said(show(picture))]);
  const { images } = await client.message('output');
  expect(images).toEqual([shown(picture, sessionId)]);
  const answer = await fetch(images?.[0]?.url ?? '');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture);
  expect(client.binaries).toEqual([]);
});

it('[CON10] A5: sends their bytes right behind the message, in order, with ?images=binary', async () => {
  const { client, host, sessionId, store } = await open('images=binary');
  const [spoken, called, later, foreign] = [png('spoken'), png('called'), png('later'), png('foreign')];
  const pictures = [spoken, called, later, foreign];
  for (const bytes of pictures) store(bytes);
  const inCall = (...all: Buffer[]) => all.map((bytes) => ({ type: 'content', content: show(bytes) }));
  host.append(sessionId, [
    said({ type: 'text', text: 'before' }),
    said(show(spoken)),
    said({ type: 'text', text: 'between' }),
    { kind: 'tool_call', toolCallId: 'call', title: 'Look', content: inCall(called) },
    { kind: 'tool_call_update', toolCallId: 'call', status: 'completed', content: inCall(called, later) },
    {
      kind: 'prompt',
      promptId: newId(PromptId),
      commandId: newId(PromptId),
      origin: { type: 'inject', name: 'x', depth: 1 },
      content: [{ type: 'text', text: 'see' }, show(foreign)],
    },
    said({ type: 'text', text: 'after' }),
  ]);
  await client.message('output', ({ content }) => content === 'after');
  expect(client.outline.slice(2)).toEqual([
    'output',
    'output',
    'output',
    'tool_call',
    'tool_call',
    'inject_prompt',
    'output',
  ]);
  const withImages = client.messages.flatMap((message, index) =>
    'images' in message && message.images !== undefined ? [{ after: index + 1, images: message.images }] : [],
  );
  const expected = pictures.map((bytes) => [{ ...shown(bytes, sessionId), follows: true }]);
  expect(withImages.map(({ images }) => images)).toEqual(expected);
  const places = withImages.map(({ after }) => after);
  expect(client.binaries).toEqual(pictures.map((bytes, index) => ({ after: places[index], bytes })));
});

it('[CON10] goes on without the bytes of an image that cannot be read', async () => {
  const { client, host, sessionId } = await open('images=binary');
  host.append(sessionId, [said(show(png('gone'))), said({ type: 'text', text: 'after' })]);
  await client.message('output', ({ content }) => content === 'after');
  expect(client.all('output')[0]?.images).toEqual([shown(png('gone'), sessionId)]);
  expect(client.binaries).toEqual([]);
});

it('[CON10] loses and doubles nothing of a session that goes on while images are read', async () => {
  const { client, host, sessionId, store } = await open('images=binary');
  const pictures = Array.from({ length: 20 }, (_, index) => png(String(index).repeat(50_000)));
  for (const picture of pictures) store(picture);
  for (const [index, picture] of pictures.entries()) {
    host.append(sessionId, [said(show(picture))]);
    host.append(sessionId, [said({ type: 'text', text: `text ${index}` })]);
    if (index % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await client.message('output', ({ content }) => content === 'text 19');
  expect(client.all('output').map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 2));
  expect(client.binaries.map(({ bytes }) => bytes)).toEqual(pictures);
});

it('[GW7] [CON10] reads no images for a console that does not take them, and goes on when it does', async () => {
  const { client: slow, host, sessionId, store, connectConsole } = await open('images=binary');
  const quick = await connectConsole(`session=${sessionId}&images=binary`);
  await quick.message('status');
  const pictures = Array.from({ length: 40 }, (_, index) => Buffer.concat([png(String(index)), Buffer.alloc(1e6)]));
  slow.socket.pause();
  for (const [index, picture] of pictures.entries()) {
    store(picture);
    host.append(sessionId, [said(show(picture))]);
    await quick.until(() => quick.binaries.length === index + 1, 'the picture');
  }
  const reads = host.requests.filter((request) => request.startsWith('GET') && request.includes('/attachments/'));
  expect(reads.length).toBeLessThan(60);
  slow.socket.resume();
  await slow.until(() => slow.binaries.length === pictures.length, 'all pictures');
  expect(slow.binaries.map(({ bytes }) => bytes.equals(pictures.shift() ?? PNG))).not.toContain(false);
});
