import { readFileSync } from 'node:fs';
import { createAttachmentStore } from '@konui/log';
import { type ContentBlock, LIMITS, PromptContent } from '@konui/protocol';
import { expect, it } from 'vitest';
import { createTempHome, createTempSession } from '../testing/temp-home.ts';
import { storeAttachments } from './store-attachments.ts';

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('pixels')]);

function createStore() {
  return createAttachmentStore(createTempSession(createTempHome()).files.attachments);
}

const image = (data: Buffer, mimeType = 'image/png'): ContentBlock => ({
  type: 'image',
  mimeType,
  data: data.toString('base64'),
});

it('keeps the bytes of an image and puts their name in the prompt', () => {
  const store = createStore();
  const [text, stored] = storeAttachments([{ type: 'text', text: 'look' }, image(PNG)], store);
  expect(text).toEqual({ type: 'text', text: 'look' });
  expect(stored).toEqual({
    type: 'image',
    mimeType: 'image/png',
    attachment: expect.any(String),
    byteLength: PNG.length,
  });
  expect(readFileSync(store.pathOf(String(stored?.['attachment'])))).toEqual(PNG);
});

it('refuses a type that agents do not accept', () => {
  expect(() => storeAttachments([image(Buffer.from('<svg/>'), 'image/svg+xml')], createStore())).toThrow(
    expect.objectContaining({ code: 'ATTACHMENT_TYPE' }),
  );
});

it('refuses bytes that are not of the type they claim', () => {
  expect(() => storeAttachments([image(Buffer.from('<script>alert(1)</script>'))], createStore())).toThrow(
    expect.objectContaining({ code: 'ATTACHMENT_TYPE' }),
  );
});

it('refuses an image that is one byte too large and takes one that is not', () => {
  const largest = Buffer.alloc(LIMITS.maxImageBytes);
  PNG.copy(largest);
  expect(storeAttachments([image(largest)], createStore())).toHaveLength(1);
  const tooLarge = image(Buffer.concat([largest, Buffer.alloc(1)]));
  expect(() => storeAttachments([tooLarge], createStore())).toThrow(
    expect.objectContaining({ code: 'ATTACHMENT_TOO_LARGE' }),
  );
});

it('stores none when one of them is refused', () => {
  const store = createStore();
  expect(() => storeAttachments([image(PNG), image(PNG, 'image/gif')], store)).toThrow(
    'the bytes of the image are not image/gif',
  );
  expect(store.has('1'.repeat(64))).toBe(false);
  const [kept] = storeAttachments([image(PNG)], createStore());
  expect(store.has(String(kept?.['attachment']))).toBe(false);
});

it('takes an image that is stored already, with its true size and without bytes of the sender', () => {
  const store = createStore();
  const attachment = store.put(PNG);
  const content = PromptContent.parse([{ type: 'image', mimeType: 'image/png', attachment, byteLength: 7 }]);
  expect(storeAttachments(content, store)).toEqual([
    { type: 'image', mimeType: 'image/png', attachment, byteLength: PNG.length },
  ]);
});

it('refuses an image that names bytes which are not there', () => {
  const content = PromptContent.parse([
    { type: 'image', mimeType: 'image/png', attachment: 'a'.repeat(64), byteLength: 7 },
  ]);
  expect(() => storeAttachments(content, createStore())).toThrow(
    expect.objectContaining({ code: 'ATTACHMENT_NOT_FOUND' }),
  );
});
