import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AttachmentStored, LIMITS } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { KonsoleProcess } from './testing/konsole-process.ts';
import { startKonsole } from './testing/konsole-with-session.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);
const MIB = Buffer.alloc(1024 * 1024, 'x');

function* repeat(chunk: Buffer, times: number): Iterable<Buffer> {
  for (let at = 0; at < times; at++) yield chunk;
}

async function* thenWait(chunk: Buffer): AsyncIterable<Buffer> {
  yield chunk;
  await delay(60_000, undefined, { ref: false });
}

const uploadsOf = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

describe('an upload', () => {
  it('[ATT1] is stored under its hash, with the type that its bytes have', async () => {
    const { konsole, at, files, paths } = await startKonsole();
    const bytes = randomBytes(3_000_000);
    const stored = await konsole.upload(at('/attachments'), [bytes.subarray(0, 1_000_001), bytes.subarray(1_000_001)]);
    expect(stored.status).toBe(201);
    const attachment = createHash('sha256').update(bytes).digest('hex');
    const about = { attachment, byteLength: bytes.length, mimeType: 'application/octet-stream' };
    expect(AttachmentStored.parse(stored.json)).toEqual(about);
    expect(readFileSync(join(files.attachments, attachment)).equals(bytes)).toBe(true);
    expect(statSync(join(files.attachments, attachment)).mode & 0o777).toBe(0o600);
    expect((await konsole.upload(at('/attachments'), [bytes])).json).toEqual(about);
    expect(uploadsOf(paths.uploads)).toEqual([]);
    expect((await konsole.upload(at('/attachments'), [PNG])).json).toMatchObject({ mimeType: 'image/png' });
    expect((await konsole.upload(at('/attachments'), [Buffer.from('héllo')])).json).toMatchObject({
      mimeType: 'text/plain',
    });
  });

  it('[ATT2] of more than the limit is refused, and read to its end', async () => {
    const { konsole, at, files, paths } = await startKonsole();
    const mebibytes = LIMITS.maxFileBytes / MIB.length;
    const refused = await konsole.upload(at('/attachments'), repeat(MIB, mebibytes + 1));
    expect(refused.status).toBe(413);
    expect(refused.json).toMatchObject({ error: { code: 'ATTACHMENT_TOO_LARGE' } });
    expect(uploadsOf(files.attachments)).toEqual([]);
    expect(uploadsOf(paths.uploads)).toEqual([]);
  });

  it('[ATT2] that its sender breaks off leaves nothing behind', async () => {
    const { konsole, at, files, paths } = await startKonsole();
    async function* broken(): AsyncIterable<Buffer> {
      yield MIB;
      while (uploadsOf(paths.uploads).length === 0) await delay(10);
      throw new Error('the cable');
    }
    await expect(konsole.upload(at('/attachments'), broken())).rejects.toThrow('the cable');
    while (uploadsOf(paths.uploads).length > 0) await delay(10);
    expect(uploadsOf(files.attachments)).toEqual([]);
  });

  it('[ATT2] that a host died over is cleaned up by the next one', async () => {
    const { konsole, at, files, paths } = await startKonsole();
    const lost = konsole.upload(at('/attachments'), thenWait(MIB)).catch((error: unknown) => error);
    while (uploadsOf(paths.uploads).length === 0) await delay(10);
    await konsole.end('SIGKILL');
    expect(await lost).toBeInstanceOf(Error);
    expect(uploadsOf(paths.uploads)).toHaveLength(1);
    const next = await new KonsoleProcess(paths).start();
    expect(uploadsOf(paths.uploads)).toEqual([]);
    expect(uploadsOf(files.attachments)).toEqual([]);
    expect((await next.upload(at('/attachments'), [MIB])).status).toBe(201);
  });

  it('[HOST9] for no session, or one that was deleted, is refused', async () => {
    const { konsole, at, session } = await startKonsole();
    const unknown = at('/attachments').replace(/[0-9a-f]{8}/, '00000000');
    expect((await konsole.upload(unknown, [PNG])).status).toBe(404);
    await konsole.delete(`/sessions/${session.sessionId}`);
    expect((await konsole.upload(at('/attachments'), [PNG])).status).toBe(410);
  });
});

describe('a file in a prompt', () => {
  it('[ATT3] [ATT4] is named by its hash, and the agent gets text embedded and other files as links', async () => {
    const { konsole, at, prompt, stream, files } = await startKonsole();
    const store = async (bytes: Buffer) =>
      AttachmentStored.parse((await konsole.upload(at('/attachments'), [bytes])).json);
    const notes = await store(Buffer.from('some notes'));
    const binary = await store(randomBytes(100));
    const picture = await store(PNG);
    const reader = await stream();
    await prompt([
      { type: 'text', text: '/think' },
      { type: 'file', name: '../no tes.md', mimeType: 'text/markdown', attachment: notes.attachment, byteLength: 1 },
      { type: 'file', name: 'data.bin', mimeType: binary.mimeType, attachment: binary.attachment, byteLength: 100 },
      { type: 'image', mimeType: 'image/png', attachment: picture.attachment, byteLength: picture.byteLength },
    ]);
    await reader.untilKind('complete');
    const said = reader.lines
      .map((line) => JSON.parse(line))
      .filter(({ kind }) => kind === 'agent_message_chunk')
      .map(({ content }) => content.text)
      .join('');
    const named = join(files.files, notes.attachment.slice(0, 8), 'no tes.md');
    expect(said).toContain(`I got the content of file://${named.replaceAll(' ', '%20')}.`);
    expect(said).toContain('I got a link to data.bin.');
    expect(said).toContain(`I got an image (image/png) of ${PNG.length} bytes.`);
    expect(readFileSync(named, 'utf8')).toBe('some notes');
    expect(statSync(join(files.files, binary.attachment.slice(0, 8), 'data.bin')).mode & 0o777).toBe(0o400);
    const asked = reader.lines.map((line) => JSON.parse(line)).find(({ kind }) => kind === 'prompt');
    expect(asked.content[1]).toMatchObject({ byteLength: 10 });
  });

  it('[ATT3] that is not there is refused', async () => {
    const { prompt } = await startKonsole();
    const block = { type: 'file', name: 'x', mimeType: 'text/plain', attachment: '0'.repeat(64), byteLength: 1 };
    expect((await prompt([block])).json).toMatchObject({ error: { code: 'ATTACHMENT_NOT_FOUND' } });
  });
});

describe('a picture of the agent', () => {
  it('[ATT5] is an attachment, and its event says which', async () => {
    const { konsole, prompt, stream, at } = await startKonsole();
    const reader = await stream();
    await prompt('/picture');
    await reader.untilKind('complete');
    const events = reader.lines.map((line) => JSON.parse(line));
    const { content } = events.find(({ kind }) => kind === 'agent_message_chunk');
    expect(content).toMatchObject({ type: 'image', mimeType: 'image/png', byteLength: expect.any(Number) });
    const call = events.find(({ kind }) => kind === 'tool_call');
    expect(call.content[0].content).toEqual(content);
    const served = await konsole.get(at(`/attachments/${content.attachment}`));
    expect(served.headers['content-type']).toBe('image/png');
    expect(JSON.stringify(events)).not.toContain('iVBOR');
  });
});
