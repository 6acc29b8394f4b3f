import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoredFile, StoredImage } from '@konui/protocol';
import { afterAll, expect, it } from 'vitest';
import { toAcpBlocks } from './prompt-blocks.ts';

const folder = mkdtempSync(join(tmpdir(), 'konui-blocks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function store(bytes: Buffer): { attachment: string; byteLength: number } {
  const attachment = (++count).toString(16).padStart(64, '0');
  writeFileSync(join(folder, attachment), bytes);
  return { attachment, byteLength: bytes.length };
}
const file = (name: string, mimeType: string, bytes: Buffer) =>
  StoredFile.parse({ type: 'file', name, mimeType, ...store(bytes) });
const image = () => StoredImage.parse({ type: 'image', mimeType: 'image/png', ...store(Buffer.from('png')) });
const ALL = { image: true, audio: true, embeddedContext: true };

function convert(block: StoredFile | StoredImage, accepts: object): { block: unknown; downgrades: string[] } {
  const downgrades: string[] = [];
  const [converted] = toAcpBlocks([block], {
    attachmentPath: (sha256) => join(folder, sha256),
    nameFile: (_sha256, name) => `/files/${name}`,
    accepts: { ...accepts },
    onDowngrade: (what) => downgrades.push(what),
  });
  return { block: converted, downgrades };
}

it('[ATT4] gives an image inline to an agent that takes images', () => {
  const data = Buffer.from('png').toString('base64');
  expect(convert(image(), ALL)).toEqual({ block: { type: 'image', mimeType: 'image/png', data }, downgrades: [] });
});

it('[ATT4] gives an image as a link to one that takes none, and says so', () => {
  const { block, downgrades } = convert(image(), {});
  expect(block).toMatchObject({ type: 'resource_link', uri: 'file:///files/image.png', size: 3 });
  expect(downgrades).toHaveLength(1);
});

it('[ATT4] embeds a text of 256 KiB, and links one that is a byte longer', () => {
  const text = file('a.md', 'text/markdown', Buffer.alloc(256 * 1024, 'x'));
  expect(convert(text, ALL).block).toMatchObject({
    type: 'resource',
    resource: { uri: 'file:///files/a.md', mimeType: 'text/markdown', text: expect.stringMatching(/^x+$/) },
  });
  const longer = file('b.md', 'text/markdown', Buffer.alloc(256 * 1024 + 1, 'x'));
  expect(convert(longer, ALL).block).toMatchObject({ type: 'resource_link', name: 'b.md', size: 256 * 1024 + 1 });
});

it.each([
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x41]), ALL],
  ['bytes with a NUL', Buffer.from('a\0b'), ALL],
  ['a text for an agent that takes none embedded', Buffer.from('text'), { image: true }],
])('[ATT4] links %s', (_what, bytes, accepts) => {
  const { block } = convert(file('c d.bin', 'text/plain', bytes), accepts);
  expect(block).toEqual({
    type: 'resource_link',
    uri: 'file:///files/c%20d.bin',
    name: 'c d.bin',
    mimeType: 'text/plain',
    size: bytes.length,
  });
});

it('[ATT4] gives a sound inline to an agent that takes sounds, else as a link', () => {
  const sound = file('a.wav', 'audio/wav', Buffer.from('RIFF'));
  expect(convert(sound, ALL).block).toMatchObject({ type: 'audio', mimeType: 'audio/wav' });
  expect(convert(sound, { embeddedContext: false }).block).toMatchObject({ type: 'resource_link' });
});
