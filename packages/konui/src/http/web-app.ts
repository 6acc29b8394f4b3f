import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { statSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isRecord } from '@konui/protocol';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE: ReadonlySet<string> = new Set([
  '.css',
  '.html',
  '.js',
  '.json',
  '.map',
  '.svg',
  '.ttf',
  '.txt',
  '.wasm',
  '.webmanifest',
]);
/** Below this a compressed file is no smaller on the wire. */
const MIN_GZIP_BYTES = 1024;
const compress = promisify(gzip);

export interface WebFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Absent where it would gain nothing. */
  readonly gzipped: Uint8Array<ArrayBuffer> | undefined;
  /** As the build compressed it; absent where it did not. */
  readonly brotli: Uint8Array<ArrayBuffer> | undefined;
  readonly contentType: string;
  readonly etag: string;
}

interface CachedFile extends WebFile {
  readonly changed: string;
}

/** The built web app. Files are read and compressed once, and again when a build has replaced them. */
export class WebApp {
  readonly #folder: string;
  readonly #cache = new Map<string, CachedFile>();
  #build: { readonly changed: string; readonly id: string } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Names the build as its page does, by which an open page knows whether it is the newest; `none` before the first build. */
  buildId(): string {
    const file = join(this.#folder, 'index.html');
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return 'none';
    const changed = changeOf(found);
    if (this.#build?.changed !== changed) this.#build = { changed, id: buildNameOf(readFileSync(file)) };
    return this.#build.id;
  }

  /** Files that a page at this path needs besides those that index.html names, as the build has written down. */
  async firstFiles(urlPath: string): Promise<readonly string[]> {
    const list = await this.find('/first-files.json');
    const files: unknown = list === undefined ? {} : JSON.parse(Buffer.from(list.bytes).toString());
    const ofPage: unknown = isRecord(files) ? files[urlPath.split('/')[1] ?? ''] : undefined;
    return Array.isArray(ofPage) ? ofPage.filter((name) => typeof name === 'string') : [];
  }

  /** The file at a URL's path; undefined if there is none. */
  async find(urlPath: string): Promise<WebFile | undefined> {
    const path = toFilePath(urlPath);
    if (path === undefined) return undefined;
    const file = join(this.#folder, path);
    const found = await stat(file).catch(() => undefined);
    if (found === undefined || !found.isFile()) return undefined;
    const changed = changeOf(found);
    const cached = this.#cache.get(path);
    if (cached?.changed === changed) return cached;
    const [bytes, brotli] = await Promise.all([readBytes(file), readCompressed(file, found)]);
    const extension = extname(path);
    const gzipped =
      COMPRESSIBLE.has(extension) && bytes.length >= MIN_GZIP_BYTES
        ? new Uint8Array(await compress(bytes, { level: 9 }))
        : undefined;
    const fresh = {
      bytes,
      gzipped,
      brotli,
      contentType: TYPES[extension] ?? 'application/octet-stream',
      etag: `"${hashOf(bytes)}"`,
      changed,
    };
    this.#cache.set(path, fresh);
    return fresh;
  }
}

/** Undefined where the build left none, or the file was changed since. */
async function readCompressed(file: string, { mtimeMs }: { mtimeMs: number }): Promise<WebFile['brotli']> {
  const compressed = `${file}.br`;
  const found = await stat(compressed).catch(() => undefined);
  return found === undefined || found.mtimeMs < mtimeMs ? undefined : readBytes(compressed);
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(file));
}

/** Only plain names below the folder: no hidden files, nothing that climbs out. */
function toFilePath(urlPath: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
  const names = path.split('/').slice(1);
  const isPlain = names.length > 0 && names.every((name) => /^[\w@+,=~-][\w@+,=~.-]*$/.test(name));
  return isPlain ? names.join('/') : undefined;
}

/** A page that names no build is named by its content, which names all other files by their hashes. */
function buildNameOf(page: Buffer): string {
  return /<meta name="konui-build" content="([\w-]{1,64})">/.exec(page.toString())?.[1] ?? hashOf(page);
}

function changeOf({ mtimeMs, size }: { mtimeMs: number; size: number }): string {
  return `${mtimeMs} ${size}`;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
