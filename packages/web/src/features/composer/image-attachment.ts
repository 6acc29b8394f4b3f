import { IMAGE_TYPES, LIMITS } from '@konui/protocol';
import { en } from '../../text/en.ts';

/** An image that goes with the next prompt. */
export interface ImageAttachment {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly byteLength: number;
  /** Base64, as a prompt carries it. */
  readonly data: string;
}

const MEGABYTE = 1024 * 1024;
/** Base64 needs four bytes for three; the rest of the frame is for the text. */
const MAX_TOTAL_BYTES = Math.floor((LIMITS.maxFrameBytes - MEGABYTE) * 0.75);

interface FileFacts {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** Why a file cannot go with a prompt that already has `usedBytes` of images; undefined where it can. */
export function imageProblem(file: FileFacts, usedBytes: number): string | undefined {
  const name = nameOf(file);
  if (!IMAGE_TYPES.includes(file.type)) return en.composer.wrongType(name);
  if (file.size > LIMITS.maxImageBytes) return en.composer.tooLarge(name, LIMITS.maxImageBytes / MEGABYTE);
  if (usedBytes + file.size > MAX_TOTAL_BYTES) return en.composer.tooMuch(Math.floor(MAX_TOTAL_BYTES / MEGABYTE));
  return undefined;
}

/** Reads a file; rejects with words for a person where it cannot be read. */
export function readImage(file: File, id: string): Promise<ImageAttachment> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error(en.composer.unreadable(nameOf(file))));
    reader.onload = () => {
      const data = (typeof reader.result === 'string' ? reader.result : '').replace(/^data:[^,]*,/, '');
      resolve({ id, name: nameOf(file), mimeType: file.type, byteLength: file.size, data });
    };
    reader.readAsDataURL(file);
  });
}

function nameOf(file: FileFacts): string {
  return file.name === '' ? en.composer.pastedName : file.name;
}
