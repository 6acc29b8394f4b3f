import { open } from 'node:fs/promises';
import { createAttachmentStore } from '@konui/log';
import {
  type AttachmentStored,
  type HomePaths,
  IMAGE_HEAD_BYTES,
  KonuiError,
  type SessionId,
  sessionPaths,
  Sha256,
  sniffImageType,
} from '@konui/protocol';
import { receiveUpload } from './receive-upload.ts';
import { sniffType } from './sniff-type.ts';

export interface SessionAttachmentsOptions {
  readonly paths: HomePaths;
  /** Throws SESSION_NOT_FOUND or SESSION_GONE. */
  require(sessionId: SessionId): unknown;
}

/** Finds and stores the bytes that a session's prompts and events speak of. */
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

  /** On return the bytes are on the disk under their hash (SPEC ATT1). */
  async store(sessionId: SessionId, body: AsyncIterable<Uint8Array>): Promise<AttachmentStored> {
    const { paths } = this.#options;
    this.#options.require(sessionId);
    await using upload = await receiveUpload(body, paths.uploads);
    // It may have been deleted while the bytes came.
    this.#options.require(sessionId);
    const store = createAttachmentStore(sessionPaths(paths, sessionId).attachments);
    if (!store.has(upload.sha256)) await upload.keep(store.pathOf(upload.sha256));
    return {
      attachment: Sha256.parse(upload.sha256),
      byteLength: upload.byteLength,
      mimeType: sniffType(upload.head),
    };
  }
}
