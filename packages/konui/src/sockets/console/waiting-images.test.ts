import { type KonuiError, Sha256 } from '@konui/protocol';
import { expect, it, vi } from 'vitest';
import { WaitingImages } from './waiting-images.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const attachment = Sha256.parse('0'.repeat(64));

function open() {
  const failed: [number, KonuiError][] = [];
  const images = new WaitingImages({
    store: async () => ({ attachment, byteLength: PNG.length, mimeType: 'image/png' }),
    onStored: () => undefined,
    onFailed: (image, error) => failed.push([image, error]),
    waitMs: 1000,
  });
  return { images, failed };
}

it('[CON9] lets images go that no prompt takes in time, and says so of each that was not refused', async () => {
  vi.useFakeTimers();
  try {
    const { images, failed } = open();
    await images.receive(PNG);
    await images.receive(Buffer.from('no image'));
    expect(failed.map(([image, { code }]) => [image, code])).toEqual([[2, 'ATTACHMENT_TYPE']]);
    vi.advanceTimersByTime(999);
    await images.receive(PNG);
    vi.advanceTimersByTime(999);
    expect(failed).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(failed.slice(1).map(([image, { code }]) => [image, code])).toEqual([
      [1, 'INVALID_MESSAGE'],
      [3, 'INVALID_MESSAGE'],
    ]);
    expect(images.take()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

it('[CON9] says nothing of images that were taken, or of a socket that is closed', async () => {
  vi.useFakeTimers();
  try {
    const [taken, closed] = [open(), open()];
    for (const { images } of [taken, closed]) await images.receive(PNG);
    expect(await Promise.all(taken.images.take())).toEqual([{ attachment }]);
    closed.images.close();
    expect(vi.getTimerCount()).toBe(0);
    expect([...taken.failed, ...closed.failed]).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
