import { mkdirSync, rmSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isPlainText,
  KonuiError,
  type KontaskLayout,
  type KontaskLayoutsAnswer,
  layoutFileOf,
  type LayoutFileAnswer,
  layoutTypeOf,
  MAX_LAYOUT_BYTES,
  MAX_LAYOUT_FILES,
  parseLayout,
} from '@konui/protocol';
import type { Logger } from 'pino';
import { writeAtomically } from '../../write-atomically.ts';
import { FolderWatch } from './folder-watch.ts';
import { codeOf, type FileText, readLayoutFile, versionOf } from './read-layout-file.ts';

/** A file that was written so lately may change again within the same tick of the file system's clock. */
const UNSETTLED_MS = 2000;
/** Most file systems' limit of a name (NAME_MAX). */
const MAX_NAME_BYTES = 255;

interface KontaskLayoutsOptions {
  readonly folder: string;
  readonly now: () => Date;
  readonly log: Logger;
}

/** What a change means: the version that is there, `null` for none, undefined for whatever is there. */
export type ExpectedVersion = string | null | undefined;

/** What a file says. */
type Content = { readonly version: string; readonly layout: KontaskLayout } | { readonly problem: string };

/** The layouts of kontasks: files of a folder, each for the type that its name says (SPEC KON10). */
export class KontaskLayouts {
  readonly #folder: string;
  readonly #now: () => Date;
  readonly #log: Logger;
  readonly #watch: FolderWatch;
  readonly #listeners = new Set<() => void>();
  /** What was read, and what the file looked like then. */
  #known = new Map<string, { readonly stamp: string; readonly content: Content }>();
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor({ folder, now, log }: KontaskLayoutsOptions) {
    this.#folder = folder;
    this.#now = now;
    this.#log = log;
    this.#watch = new FolderWatch({ folder, log, onChange: () => this.#tell() });
  }

  /** Makes the folder, so that a person finds it, and watches it. */
  start(): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    } catch (err) {
      this.#log.warn({ err }, 'the folder of layouts cannot be made');
    }
    this.#watch.renew();
  }

  /** Told when something in the folder has changed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** All that can be used, and why the others cannot. Files are read again only when they have changed. */
  async list(): Promise<KontaskLayoutsAnswer> {
    this.#watch.renew();
    const answer: KontaskLayoutsAnswer = { folder: this.#folder, layouts: [], problems: [] };
    const names = await this.#names((problem) => answer.problems.push({ file: this.#folder, problem }));
    const read = names.slice(0, MAX_LAYOUT_FILES);
    const contents = await Promise.all(read.map(({ file }) => this.#content(file)));
    this.#known = new Map([...this.#known].filter(([known]) => read.some(({ file }) => file === known)));
    const files = new Map<string, string>();
    for (const [index, { file, type }] of read.entries()) {
      const content = contents[index];
      if (content === undefined) continue;
      const first = files.get(type);
      files.set(type, first ?? file);
      if (first !== undefined)
        answer.problems.push({ file, type, problem: `${first} is for the same type, and counts` });
      else if ('problem' in content) answer.problems.push({ file, type, ...content });
      else answer.layouts.push({ type, file, ...content });
    }
    for (const { file, type } of names.slice(MAX_LAYOUT_FILES, 2 * MAX_LAYOUT_FILES)) {
      answer.problems.push({ file, type, problem: `only the first ${MAX_LAYOUT_FILES} files are read` });
    }
    return answer;
  }

  /** The file of a type as it is. Throws NOT_FOUND, or STORAGE_FAILED for one that cannot be read. */
  async read(type: string): Promise<LayoutFileAnswer> {
    const file = await this.#fileOf(type);
    const content = file === undefined ? undefined : await readLayoutFile(join(this.#folder, file));
    if (file === undefined || content === undefined) throw new KonuiError('NOT_FOUND', `${type} has no layout`);
    if (content.text === undefined) throw new KonuiError('STORAGE_FAILED', `${file}: ${content.problem}`);
    return { type, file, text: content.text, version: content.version };
  }

  /** Throws INVALID_MESSAGE for what is no layout or no type, KONTASK_CHANGED where another version is there. */
  async save(type: string, text: string, expected: ExpectedVersion): Promise<LayoutFileAnswer> {
    if (!isPlainText(type)) throw new KonuiError('INVALID_MESSAGE', 'the type is one that no kontask may have');
    const { problem } = parseLayout(text);
    if (problem !== undefined) throw new KonuiError('INVALID_MESSAGE', problem);
    if (Buffer.byteLength(text) > MAX_LAYOUT_BYTES) {
      throw new KonuiError('FRAME_TOO_LARGE', `a layout may have ${MAX_LAYOUT_BYTES} bytes`);
    }
    return await this.#inTurn(async () => {
      const known = await this.#fileOf(type);
      const file = known ?? layoutFileOf(type);
      if (Buffer.byteLength(file) > MAX_NAME_BYTES) {
        throw new KonuiError('INVALID_MESSAGE', 'the type is too long for the name of a file');
      }
      await this.#check(file, expected);
      if (known === undefined && (await this.#names(() => undefined)).length >= MAX_LAYOUT_FILES) {
        throw new KonuiError('TOO_MANY', `there are ${MAX_LAYOUT_FILES} layouts already`);
      }
      this.#write(file, () => {
        mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
        writeAtomically(join(this.#folder, file), text);
      });
      return { type, file, text, version: versionOf(text) };
    });
  }

  /** Throws NOT_FOUND, KONTASK_CHANGED where another version is there. */
  remove(type: string, expected: ExpectedVersion): Promise<void> {
    return this.#inTurn(async () => {
      const file = await this.#fileOf(type);
      if (file === undefined) throw new KonuiError('NOT_FOUND', `${type} has no layout`);
      await this.#check(file, expected);
      this.#write(file, () => rmSync(join(this.#folder, file)));
    });
  }

  close(): void {
    this.#watch.close();
    this.#listeners.clear();
  }

  /** Files that are layouts by their names, in the order of their names. */
  async #names(onProblem: (problem: string) => void): Promise<{ file: string; type: string }[]> {
    try {
      const names = (await readdir(this.#folder)).toSorted();
      return names.flatMap((file) => {
        const type = layoutTypeOf(file);
        return type === undefined ? [] : [{ file, type }];
      });
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') onProblem(`the folder cannot be read (${codeOf(error)})`);
      return [];
    }
  }

  async #fileOf(type: string): Promise<string | undefined> {
    const names = await this.#names((problem) => {
      throw new KonuiError('STORAGE_FAILED', problem);
    });
    return names.find((each) => each.type === type)?.file;
  }

  async #content(file: string): Promise<Content | undefined> {
    const path = join(this.#folder, file);
    const stats = await lstat(path, { bigint: true }).catch(() => undefined);
    if (stats === undefined) return undefined;
    const stamp = `${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.content;
    const found = await readLayoutFile(path);
    if (found === undefined) return undefined;
    const content = toContent(found);
    const isSettled = this.#now().getTime() - Number(stats.ctimeMs) > UNSETTLED_MS;
    if (isSettled) this.#known.set(file, { stamp, content });
    return content;
  }

  async #check(file: string, expected: ExpectedVersion): Promise<void> {
    const content = await readLayoutFile(join(this.#folder, file));
    if (content !== undefined && content.text === undefined) {
      throw new KonuiError('STORAGE_FAILED', `${file}: ${content.problem}; remove it by hand first`);
    }
    const version = content?.version ?? null;
    if (expected !== undefined && expected !== version) {
      throw new KonuiError('KONTASK_CHANGED', version === null ? `${file} is gone` : `${file} is another one by now`);
    }
  }

  #write(file: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      const code = codeOf(error);
      const isFull = code === 'ENOSPC' || code === 'EDQUOT';
      const detail = `${file} cannot be changed in ${this.#folder} (${code})`;
      throw new KonuiError(isFull ? 'STORAGE_FULL' : 'STORAGE_FAILED', detail, { cause: error });
    }
    this.#tell();
  }

  /** Between the look at a version and the change nobody else changes anything. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#lastChange.then(work, work);
    this.#lastChange = done.catch(() => undefined);
    return done;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function toContent(found: FileText): Content {
  if (found.text === undefined) return { problem: found.problem };
  const { layout, problem } = parseLayout(found.text);
  return layout === undefined ? { problem } : { version: found.version, layout };
}
