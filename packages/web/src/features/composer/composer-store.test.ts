import { KonuiError } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { createComposerStore } from './composer-store.ts';
import { createDraftStorage } from './draft-storage.ts';
import { createMemoryStorage } from '../../ui/testing/memory-storage.ts';
import type { StoredUpload } from './upload-line.ts';

const SESSION = '00000000-0000-4000-8000-000000000001';

/** A composer whose host is the test. */
function setUp(storage = createMemoryStorage()) {
  const uploads: {
    file: Blob;
    signal: AbortSignal;
    progress: (sentBytes: number) => void;
    settle: PromiseWithResolvers<StoredUpload>;
  }[] = [];
  const sent: unknown[] = [];
  let keys = 0;
  const store = createComposerStore(SESSION, {
    drafts: createDraftStorage(storage),
    newKey: () => `key ${(keys += 1)}`,
    upload(file, { signal, onProgress }) {
      const settle = Promise.withResolvers<StoredUpload>();
      uploads.push({ file, signal, progress: onProgress, settle });
      return settle.promise;
    },
    deliver: (content, way) => void sent.push([way, content]),
  });
  const states = () => store.get().attachments.map(({ state }) => state);
  const finish = async (index: number, mimeType: string): Promise<void> => {
    uploads[index]?.settle.resolve({ attachment: `hash ${index}`, mimeType, byteLength: 3 });
    await turn();
  };
  const fail = async (index: number, error: Error): Promise<void> => {
    uploads[index]?.settle.reject(error);
    await turn();
  };
  return { store, storage, uploads, sent, states, stored: finish, fail };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
const file = (name: string, type = 'image/png') => new File(['abc'], name, { type });

describe('what is being written', () => {
  it('uploads each file at once, three at a time, and says how far it is', async () => {
    const { store, uploads, states, stored } = setUp();
    store.add(['a.png', 'b.png', 'c.png', 'd.png'].map((name) => file(name)));
    expect(uploads).toHaveLength(3);
    uploads[0]?.progress(2);
    expect(store.get().attachments[0]).toMatchObject({ state: 'uploading', sentBytes: 2 });
    await stored(0, 'image/png');
    expect(uploads).toHaveLength(4);
    expect(states()).toEqual(['stored', 'uploading', 'uploading', 'uploading']);
  });

  it('sends images and files as blocks that name what was stored, and begins anew', async () => {
    const { store, sent, stored } = setUp();
    store.write(' look ');
    store.add([file('a.png'), file('b.txt', 'text/plain')]);
    await stored(0, 'image/png');
    await stored(1, 'text/plain');
    store.send('in_turn');
    expect(sent).toEqual([
      [
        'in_turn',
        [
          { type: 'text', text: 'look' },
          { type: 'image', mimeType: 'image/png', attachment: 'hash 0', byteLength: 3 },
          { type: 'file', name: 'b.txt', mimeType: 'text/plain', attachment: 'hash 1', byteLength: 3 },
        ],
      ],
    ]);
    expect(store.get()).toMatchObject({ text: '', attachments: [] });
  });

  it('waits for uploads before it sends, once, in the way that was asked for', async () => {
    const { store, sent, stored } = setUp();
    store.write('look');
    store.add([file('a.png'), file('b.png')]);
    store.send('now');
    expect(store.get().waitsFor).toBe('now');
    await stored(0, 'image/png');
    expect(sent).toEqual([]);
    await stored(1, 'image/png');
    expect(sent).toMatchObject([['now', [{ text: 'look' }, { attachment: 'hash 0' }, { attachment: 'hash 1' }]]]);
    expect(store.get().waitsFor).toBeUndefined();
  });

  it('keeps one of two files with the same content, and says so', async () => {
    const { store, uploads, stored } = setUp();
    const storeAs = async (index: number, attachment: string): Promise<void> => {
      uploads[index]?.settle.resolve({ attachment, mimeType: 'image/png', byteLength: 3 });
      await turn();
    };
    store.add([file('a.png'), file('b.png'), file('c.png')]);
    await stored(0, 'image/png');
    await storeAs(1, 'hash 0');
    await storeAs(2, 'hash 2');
    store.add([file('a.png')]);
    await storeAs(3, 'hash 0');
    expect(store.get().attachments.map(({ name }) => name)).toEqual(['a.png', 'c.png']);
    expect(store.get().problems).toEqual(['a.png is attached already.']);
  });

  it('sends nothing without a file that could not be uploaded, and says which', async () => {
    const { store, sent, fail, stored } = setUp();
    store.write('look');
    store.add([file('a.png')]);
    store.send('in_turn');
    await fail(0, new KonuiError('STORAGE_FULL', 'the disk is full'));
    expect(sent).toEqual([]);
    expect(store.get()).toMatchObject({
      text: 'look',
      waitsFor: undefined,
      problems: ['Not sent yet: a.png is not uploaded. Try again or remove it.'],
      attachments: [{ state: 'failed', canRetry: true, message: 'Not uploaded: the disk is full' }],
    });
    store.retry('key 1');
    await stored(1, 'image/png');
    store.send('in_turn');
    expect(sent).toHaveLength(1);
  });

  it('tries again by itself what failed for want of a connection, and nothing else', async () => {
    const { store, uploads, fail } = setUp();
    store.add([file('a.png'), file('b.png')]);
    await fail(0, new KonuiError('HOST_UNREACHABLE', 'no answer'));
    await fail(1, new KonuiError('ATTACHMENT_TOO_LARGE', 'too large'));
    store.onConnected();
    expect(uploads.map(({ file: sent }) => sent instanceof File && sent.name)).toEqual(['a.png', 'b.png', 'a.png']);
  });

  it('cancels the upload of what is removed', async () => {
    const { store, uploads, sent } = setUp();
    store.write('look');
    store.add([file('a.png')]);
    store.send('in_turn');
    store.remove('key 1');
    expect(uploads[0]?.signal.aborted).toBe(true);
    expect(sent).toEqual([['in_turn', [{ type: 'text', text: 'look' }]]]);
  });

  it('keeps text and stored files for the next page, and says which files are lost', async () => {
    const { store, storage, stored } = setUp();
    store.write('half a thought');
    store.add([file('a.png'), file('b.png')]);
    await stored(0, 'image/png');
    const next = setUp(storage).store.get();
    expect(next).toMatchObject({
      text: 'half a thought',
      attachments: [
        { name: 'a.png', state: 'stored', attachment: 'hash 0' },
        { name: 'b.png', state: 'failed', canRetry: false },
      ],
    });
  });

  it('refuses in words what cannot be sent', () => {
    const { store } = setUp();
    const large = file('film.mov', 'video/quicktime');
    Object.defineProperty(large, 'size', { value: 51 * 1024 * 1024 });
    store.add([large, new File([], 'folder')]);
    expect(store.get().attachments).toEqual([]);
    expect(store.get().problems).toEqual([
      'film.mov was not added: a file may have 50 MB at most.',
      'folder was not added: it is empty or a folder.',
    ]);
    store.add(Array.from({ length: 64 }, (_, index) => file(`${index}.png`)));
    expect(store.get().attachments).toHaveLength(63);
    expect(store.get().problems).toEqual(['At most 63 files go with one prompt.']);
  });
});

it('forgets a draft that another version wrote', () => {
  const storage = createMemoryStorage();
  storage.setItem(`konui.draft-files.${SESSION}`, '[{"id":1},"x"');
  expect(createDraftStorage(storage).readFiles(SESSION)).toEqual([]);
  storage.setItem(`konui.draft-files.${SESSION}`, '[{"id":1},null]');
  expect(createDraftStorage(storage).readFiles(SESSION)).toEqual([]);
});
