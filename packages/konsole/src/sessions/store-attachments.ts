import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { AttachmentStore } from '@konui/log';
import {
  type ContentBlock,
  IMAGE_HEAD_BYTES,
  IMAGE_TYPES,
  KonuiError,
  LIMITS,
  Sha256,
  StoredContentBlock,
  StoredFile,
  StoredImage,
  sniffImageType,
} from '@konui/protocol';

/**
 * A prompt's content with every image in the session's attachments, and every file found there. Throws ATTACHMENT_TYPE,
 * ATTACHMENT_TOO_LARGE, ATTACHMENT_NOT_FOUND for one that names bytes which are not there, or a StorageError.
 */
export function storeAttachments(content: readonly ContentBlock[], store: AttachmentStore): StoredContentBlock[] {
  // All are looked at before the first is written.
  const images = content.map((block) => (block.type === 'image' && 'data' in block ? decodeImage(block) : undefined));
  return content.map((block, index) => {
    const bytes = images[index];
    if (bytes !== undefined) return storeImage(block, bytes, store);
    if (block.type === 'image') return checkImage(block, store);
    return block.type === 'file' ? checkFile(block, store) : StoredContentBlock.parse(block);
  });
}

function decodeImage(block: ContentBlock): Buffer {
  const mimeType = String(block['mimeType']);
  const data = String(block['data']);
  if (!IMAGE_TYPES.includes(mimeType)) {
    throw new KonuiError(
      'ATTACHMENT_TYPE',
      `${mimeType} is no image type that agents accept; use ${IMAGE_TYPES.join(', ')}`,
    );
  }
  if (Math.floor((data.length * 3) / 4) - 2 > LIMITS.maxImageBytes) throw tooLarge();
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > LIMITS.maxImageBytes) throw tooLarge();
  if (sniffImageType(bytes) !== mimeType) {
    throw new KonuiError('ATTACHMENT_TYPE', `the bytes of the image are not ${mimeType}`);
  }
  return bytes;
}

function storeImage(block: ContentBlock, bytes: Buffer, store: AttachmentStore): StoredImage {
  const { data: _data, ...rest } = block;
  return StoredImage.parse({ ...rest, attachment: store.put(bytes), byteLength: bytes.length });
}

function checkImage(block: ContentBlock, store: AttachmentStore): StoredImage {
  const image = StoredImage.parse({ ...block, byteLength: sizeOf(block, store) });
  if (image.byteLength > LIMITS.maxImageBytes) throw tooLarge();
  const mimeType = sniffImageType(readHead(store.pathOf(image.attachment), IMAGE_HEAD_BYTES));
  if (mimeType === undefined) {
    throw new KonuiError('ATTACHMENT_TYPE', 'the attachment is no image that agents accept; send it as a file');
  }
  return { ...image, mimeType };
}

function checkFile(block: ContentBlock, store: AttachmentStore): StoredFile {
  return StoredFile.parse({ ...block, byteLength: sizeOf(block, store) });
}

function sizeOf(block: ContentBlock, store: AttachmentStore): number {
  const sha256 = Sha256.parse(block['attachment']);
  if (!store.has(sha256)) {
    throw new KonuiError('ATTACHMENT_NOT_FOUND', `there is no attachment ${sha256}; send the file itself`);
  }
  return statSync(store.pathOf(sha256)).size;
}

function readHead(path: string, byteLength: number): Buffer {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(byteLength);
    return head.subarray(0, readSync(fd, head, 0, byteLength, 0));
  } finally {
    closeSync(fd);
  }
}

function tooLarge(): KonuiError {
  return new KonuiError('ATTACHMENT_TOO_LARGE', `an image may have ${LIMITS.maxImageBytes} bytes`);
}
