import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { MAX_LAYOUT_BYTES } from '@konui/protocol';

/** A file's text, or why it cannot be had. */
export type FileText =
  | { readonly text: string; readonly version: string }
  | { readonly text?: undefined; readonly problem: string };

/**
 * Reads a layout's file. A link is not followed, since what it leads to is not meant to be shown here; nor does a pipe
 * keep anybody waiting. Undefined where there is none.
 */
export async function readLayoutFile(path: string): Promise<FileText | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    // open(2) on Linux and macOS, and on FreeBSD.
    if (code === 'ELOOP' || code === 'EMLINK') {
      return { problem: 'it is a symbolic link, which is not followed; put the file itself here' };
    }
    return { problem: `it cannot be read (${code})` };
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) return { problem: 'it is no file' };
    if (stats.size > MAX_LAYOUT_BYTES) return TOO_LARGE;
    // It may have grown since.
    const bytes = Buffer.alloc(MAX_LAYOUT_BYTES + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > MAX_LAYOUT_BYTES) return TOO_LARGE;
    return decode(bytes.subarray(0, length));
  } catch (error) {
    return { problem: `it cannot be read (${codeOf(error)})` };
  } finally {
    await handle.close();
  }
}

const TOO_LARGE = { problem: `it has more than ${MAX_LAYOUT_BYTES / 1024} KiB` };

function decode(bytes: Buffer): FileText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, version: versionOf(text) };
  } catch {
    return { problem: 'it is no text in UTF-8' };
  }
}

export function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The system's word for an error, such as EACCES. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
