import {
  createConversation,
  type EventsPage,
  type EventsQuery,
  type ExportFacts,
  exportEntries,
  imagesOf,
  reduceConversationEvents,
  toHtml,
  toMarkdown,
} from '@konui/client';
import type { SessionEvent } from '@konui/protocol';

export type ExportFormat = 'markdown' | 'json' | 'html';

export interface ExportProgress {
  readonly stage: 'events' | 'images';
  readonly done: number;
  readonly all: number;
}

export interface ExportSource {
  readonly loadEvents: (query: EventsQuery) => Promise<EventsPage>;
  readonly loadImage: (sha256: string) => Promise<Blob>;
}

interface ExportOptions {
  readonly facts: ExportFacts;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
}

/** As many as the host gives at once. */
const PAGE = 5000;

/** The whole session in one format. Rejects with the signal's reason once it is aborted. */
export async function exportSession(
  source: ExportSource,
  format: ExportFormat,
  { facts, signal, onProgress }: ExportOptions,
): Promise<string> {
  const events = await loadAll(source, signal, onProgress);
  if (format === 'json') return `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
  const { items } = reduceConversationEvents(createConversation(), events);
  if (format === 'markdown') return toMarkdown(items, facts);
  const wanted = imagesOf(exportEntries(items, facts.agent));
  const images = new Map<string, string>();
  for (const [index, sha256] of wanted.entries()) {
    onProgress({ stage: 'images', done: index, all: wanted.length });
    // One that is gone is a word in the file; the rest of it is worth having.
    const blob = await source.loadImage(sha256).catch(() => undefined);
    signal.throwIfAborted();
    if (blob !== undefined) images.set(sha256, await toDataUrl(blob));
  }
  return toHtml(items, { facts, images });
}

async function loadAll(
  { loadEvents }: ExportSource,
  signal: AbortSignal,
  onProgress: ExportOptions['onProgress'],
): Promise<readonly SessionEvent[]> {
  const events: SessionEvent[] = [];
  let hasMore = true;
  while (hasMore) {
    const page = await loadEvents({ after: events.at(-1)?.seq ?? 0, limit: PAGE });
    signal.throwIfAborted();
    events.push(...page.events);
    hasMore = page.hasMore && page.events.length > 0;
    onProgress({ stage: 'events', done: events.length, all: Math.max(page.lastSeq, events.length) });
  }
  return events;
}

/** By its bytes: what the server calls it is not looked at where the first of them say otherwise. */
async function toDataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  const STEP = 0x8000;
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return `data:${imageType(bytes) ?? blob.type};base64,${btoa(binary)}`;
}

const SIGNATURES: readonly (readonly [type: string, ...bytes: number[]])[] = [
  ['image/png', 0x89, 0x50, 0x4e, 0x47],
  ['image/jpeg', 0xff, 0xd8, 0xff],
  ['image/gif', 0x47, 0x49, 0x46, 0x38],
  ['image/webp', 0x52, 0x49, 0x46, 0x46],
];

function imageType(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(([, ...first]) => first.every((byte, index) => bytes[index] === byte))?.[0];
}
