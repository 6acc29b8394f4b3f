import { IMAGE_TYPES, LIMITS } from '@konui/protocol';
import * as en from '../../text/en.ts';

interface AttachmentBase {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly byteLength: number;
  /** A `blob:` address of what was chosen on this page; undefined after a reload and for what is no image. */
  readonly previewUrl: string | undefined;
}

/** A file that goes with the next prompt. Each is uploaded as soon as it is there. */
export type Attachment = AttachmentBase &
  (
    | { readonly state: 'uploading'; readonly sentBytes: number }
    | { readonly state: 'stored'; readonly attachment: string }
    | { readonly state: 'failed'; readonly message: string; readonly canRetry: boolean }
  );

/** What a prompt carries of a file that lies in the session's attachments. */
export type AttachmentBlock =
  | { type: 'image'; mimeType: string; attachment: string; byteLength: number }
  | { type: 'file'; name: string; mimeType: string; attachment: string; byteLength: number };

const MEGABYTE = 1024 * 1024;
/** A prompt has 64 blocks at most, and one of them is its text. */
export const MAX_ATTACHMENTS = 63;
/** Of a `file` block. */
const MAX_NAME_LENGTH = 255;

interface FileFacts {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

export function isImageType(mimeType: string): boolean {
  return IMAGE_TYPES.includes(mimeType);
}

/** Why a file cannot go with a prompt; undefined where it can. */
export function attachmentProblem(file: FileFacts): string | undefined {
  const name = attachmentName(file);
  // Browsers give a dropped folder as a file without bytes.
  if (file.size === 0) return en.composer.empty(name);
  if (isImageType(file.type) && file.size > LIMITS.maxImageBytes) {
    return en.composer.imageTooLarge(name, LIMITS.maxImageBytes / MEGABYTE);
  }
  return file.size > LIMITS.maxFileBytes ? en.composer.fileTooLarge(name, LIMITS.maxFileBytes / MEGABYTE) : undefined;
}

export function attachmentName({ name }: Pick<FileFacts, 'name'>): string {
  return name === '' ? en.composer.pastedName : name.slice(0, MAX_NAME_LENGTH);
}

export function toBlock({ name, mimeType, attachment, byteLength }: AttachmentBlockFacts): AttachmentBlock {
  return isImageType(mimeType)
    ? { type: 'image', mimeType, attachment, byteLength }
    : { type: 'file', name, mimeType, attachment, byteLength };
}

type AttachmentBlockFacts = Pick<AttachmentBase, 'name' | 'mimeType' | 'byteLength'> & { readonly attachment: string };
