import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '@konui/log';
import { KonuiError, LIMITS } from '@konui/protocol';
import { HEAD_BYTES } from './sniff-type.ts';

/** The rest of an upload that is too large is read and thrown away up to this size, so that its sender lives to read the answer. */
const MAX_DISCARDED_BYTES = 4 * LIMITS.maxFileBytes;

/** Bytes that lie in the uploads' folder, synced, until they are kept or thrown away. */
export interface Upload extends AsyncDisposable {
  readonly sha256: string;
  readonly byteLength: number;
  /** Its first bytes. */
  readonly head: Buffer;
  /** Moves it to its place (on the same file system); on return its name is on the disk. */
  keep(file: string): Promise<void>;
}

/**
 * Writes a request's body to a file while it comes; never holds more of it than a chunk. Rejects with
 * ATTACHMENT_TOO_LARGE, or INVALID_MESSAGE for a sender that broke off, and leaves nothing behind then.
 */
export async function receiveUpload(body: AsyncIterable<Uint8Array>, uploads: string): Promise<Upload> {
  mkdirSync(uploads, { recursive: true, mode: 0o700 });
  const draft = path.join(uploads, randomUUID());
  const file = await open(draft, 'wx', 0o600);
  try {
    const received = await write(body, file);
    await file.datasync();
    return {
      ...received,
      async keep(target) {
        mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
        await rename(draft, target);
        syncFolder(path.dirname(target));
      },
      [Symbol.asyncDispose]: () => rm(draft, { force: true }),
    };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function write(
  body: AsyncIterable<Uint8Array>,
  file: FileHandle,
): Promise<Pick<Upload, 'sha256' | 'byteLength' | 'head'>> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let byteLength = 0;
  for await (const chunk of readable(body)) {
    byteLength += chunk.byteLength;
    if (byteLength > MAX_DISCARDED_BYTES) break;
    if (byteLength > LIMITS.maxFileBytes) continue;
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  if (byteLength > LIMITS.maxFileBytes) {
    throw new KonuiError('ATTACHMENT_TOO_LARGE', `a file may have ${LIMITS.maxFileBytes} bytes`);
  }
  return { sha256: hash.digest('hex'), byteLength, head };
}

async function* readable(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new KonuiError('INVALID_MESSAGE', 'the upload ended early', { cause: error });
  }
}
