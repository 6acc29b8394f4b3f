import { statSync } from 'node:fs';
import type { AttachmentStore } from '@konui/log';
import {
  type ContentBlock,
  IMAGE_TYPES,
  KonuiError,
  LIMITS,
  Sha256,
  StoredContentBlock,
  StoredImage,
} from '@konui/protocol';
import { sniffImageType } from './image-type.ts';

/**
 * A prompt's content with every image in the session's attachments. Throws ATTACHMENT_TYPE, ATTACHMENT_TOO_LARGE,
 * ATTACHMENT_NOT_FOUND for one that names bytes which are not there, or a StorageError.
 */
export function storeImages(content: readonly ContentBlock[], store: AttachmentStore): StoredContentBlock[] {
  // All are looked at before the first is written.
  const images = content.map((block) => (block.type === 'image' && 'data' in block ? decodeImage(block) : undefined));
  return content.map((block, index) => {
    const bytes = images[index];
    if (bytes !== undefined) return storeImage(block, bytes, store);
    return block.type === 'image' ? checkStored(block, store) : StoredContentBlock.parse(block);
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

function checkStored(block: ContentBlock, store: AttachmentStore): StoredImage {
  const sha256 = Sha256.parse(block['attachment']);
  if (!store.has(sha256)) {
    throw new KonuiError('ATTACHMENT_NOT_FOUND', `there is no attachment ${sha256}; send the image itself`);
  }
  return StoredImage.parse({ ...block, byteLength: statSync(store.pathOf(sha256)).size });
}

function tooLarge(): KonuiError {
  return new KonuiError('ATTACHMENT_TOO_LARGE', `an image may have ${LIMITS.maxImageBytes} bytes`);
}
