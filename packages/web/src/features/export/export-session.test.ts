import type { EventsQuery } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { type ExportProgress, exportSession } from './export-session.ts';

const SESSION = '00000000-0000-4000-8000-000000000001';
const SHA = 'a'.repeat(64);
const facts = { title: 'T', agent: 'demo', folder: '/p', exportedAt: '2026-01-01T00:00:00.000Z' };
const log = [1, 2, 3, 4, 5].map((seq) => ({
  seq,
  sessionId: SESSION,
  kind: 'agent_message_chunk',
  at: '2026-01-01T00:00:00.000Z',
  content: seq === 5 ? { type: 'image', attachment: SHA, mimeType: 'image/png' } : { type: 'text', text: `${seq} ` },
}));

/** A host that gives two events at once. */
function sourceOf(image: () => Promise<Blob>) {
  return {
    loadEvents: async ({ after = 0 }: EventsQuery) => ({
      events: log.slice(after, after + 2),
      epoch: 'e',
      lastSeq: log.length,
      hasMore: after + 2 < log.length,
    }),
    loadImage: image,
  };
}

function optionsOf(controller = new AbortController()) {
  const progress: ExportProgress[] = [];
  return { progress, facts, signal: controller.signal, onProgress: (step: ExportProgress) => void progress.push(step) };
}
const png = async () => new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], { type: 'text/html' });

describe('the export of a whole session', () => {
  it('reads every page, and says how far it is', async () => {
    const options = optionsOf();
    const lines = await exportSession(sourceOf(png), 'json', options);
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(log);
    expect(options.progress.map(({ done, all }) => [done, all])).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
    ]);
  });

  it('puts images into the HTML by what their bytes say', async () => {
    expect(await exportSession(sourceOf(png), 'html', optionsOf())).toContain('src="data:image/png;base64,iVBORw=="');
  });

  it('goes on without an image that is gone', async () => {
    const html = await exportSession(
      sourceOf(() => Promise.reject(new Error('gone'))),
      'html',
      optionsOf(),
    );
    expect(html).toContain('1 2 3 4');
    expect(html).not.toContain('<img');
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const options = { ...optionsOf(controller), onProgress: () => controller.abort(new Error('enough')) };
    await expect(exportSession(sourceOf(png), 'markdown', options)).rejects.toThrow('enough');
  });
});
