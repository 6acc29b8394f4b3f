import { chmodSync, copyFileSync, linkSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** File systems give a name 255 bytes; this leaves room for the characters of more than one. */
const MAX_NAME_BYTES = 200;
const READ_ONLY = 0o400;

export interface NamedFilesOptions {
  /** The session's `files`. */
  readonly folder: string;
  readonly attachmentPath: (sha256: string) => string;
}

/** Gives attachments names that an agent can make sense of: `<folder>/<first 8 of the hash>/<name>`, hard links where they can be. */
export function nameAttachment({ folder, attachmentPath }: NamedFilesOptions, sha256: string, name: string): string {
  const attachment = attachmentPath(sha256);
  const short = path.join(folder, sha256.slice(0, 8), toFileName(name));
  // Two attachments whose hashes begin alike: the whole hash tells them apart.
  const file = isOther(short, attachment) ? path.join(folder, sha256, toFileName(name)) : short;
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return file;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    linkSync(attachment, file);
  } catch {
    // File systems without hard links, and folders that are mounted apart.
    copyFileSync(attachment, file);
  }
  chmodSync(file, READ_ONLY);
  return file;
}

/** A name without folders and control characters; never empty, never hidden, never `..`. */
export function toFileName(name: string): string {
  const base = (name.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\p{Bidi_Control}]/gu, '');
  const visible = base.trim().replace(/^[.-]+/, '');
  if (Buffer.byteLength(visible) <= MAX_NAME_BYTES) return visible === '' ? 'file' : visible;
  const { name: stem, ext } = path.parse(visible);
  const extension = Buffer.byteLength(ext) <= 20 ? ext : '';
  return `${cut(stem, MAX_NAME_BYTES - Buffer.byteLength(extension))}${extension}`;
}

function cut(text: string, maxBytes: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  return kept;
}

function isOther(file: string, attachment: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const meant = statSync(attachment);
  // A copy has an inode of its own; what was copied under this name has the size of one whose hash begins alike.
  return found.ino !== meant.ino && found.size !== meant.size;
}
