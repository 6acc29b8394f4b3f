import { open } from 'node:fs/promises';
import { createAttachmentStore } from '@konui/log';
import { type HomePaths, KonuiError, type SessionId, sessionPaths, type Sha256 } from '@konui/protocol';
import { IMAGE_HEAD_BYTES, sniffImageType } from './image-type.ts';

export interface SessionAttachmentsOptions {
  readonly paths: HomePaths;
  /** Throws SESSION_NOT_FOUND or SESSION_GONE. */
  require(sessionId: SessionId): unknown;
}

/** Finds the stored bytes of a session. */
export class SessionAttachments {
  readonly #options: SessionAttachmentsOptions;

  constructor(options: SessionAttachmentsOptions) {
    this.#options = options;
  }

  /** The type is what the bytes show, never what a sender said: an agent's file must not run as a page. */
  async find(sessionId: SessionId, sha256: Sha256): Promise<{ path: string; byteLength: number; contentType: string }> {
    this.#options.require(sessionId);
    const store = createAttachmentStore(sessionPaths(this.#options.paths, sessionId).attachments);
    if (!store.has(sha256)) throw new KonuiError('ATTACHMENT_NOT_FOUND', `there is no attachment ${sha256}`);
    const path = store.pathOf(sha256);
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(IMAGE_HEAD_BYTES), position: 0 });
    const contentType = sniffImageType(buffer.subarray(0, bytesRead)) ?? 'application/octet-stream';
    return { path, byteLength: (await file.stat()).size, contentType };
  }
}
