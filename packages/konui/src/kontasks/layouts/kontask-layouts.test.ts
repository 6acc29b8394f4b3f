import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_LAYOUT_BYTES, MAX_LAYOUT_FILES } from '@konui/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../create-logger.ts';
import { KontaskLayouts } from './kontask-layouts.ts';

const fields = (label: string) => ({ fields: [{ label, path: 'context.request', format: 'text' }] });
const text = (label: string): string => JSON.stringify(fields(label));

function open() {
  const home = mkdtempSync(join(tmpdir(), 'konui-layouts-'));
  const folder = join(home, 'layouts');
  let skippedMs = 0;
  const layouts = new KontaskLayouts({
    folder,
    now: () => new Date(Date.now() + skippedMs),
    log: createLogger('silent', { write: () => undefined }),
  });
  onTestFinished(() => {
    layouts.close();
    rmSync(home, { recursive: true, force: true });
  });
  layouts.start();
  return {
    layouts,
    folder,
    home,
    write: (file: string, content: string | Buffer) => writeFileSync(join(folder, file), content),
    /** As if files had been there for long. */
    settle: () => (skippedMs = 60_000),
    types: async () => (await layouts.list()).layouts.map(({ type }) => type),
    problems: async () =>
      Object.fromEntries((await layouts.list()).problems.map(({ file, problem }) => [file, problem])),
  };
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'none',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
  );
}

describe('[KON10] the folder of layouts', () => {
  it('is made, for the user alone, and may be missing', async () => {
    const { layouts, folder, home } = open();
    expect(readdirSync(home)).toEqual(['layouts']);
    expect(await layouts.list()).toEqual({ folder, layouts: [], problems: [] });
    rmSync(folder, { recursive: true });
    expect(await layouts.list()).toEqual({ folder, layouts: [], problems: [] });
  });

  it('gives each file by its type, as it is now', async () => {
    const { layouts, write, settle, types, folder } = open();
    write('general.json', text('One'));
    write('Code Review.json', text('Two'));
    write('a%2Fb.json', text('Three'));
    write('README.md', 'notes');
    settle();
    expect(await types()).toEqual(['Code Review', 'a/b', 'general']);
    write('general.json', text('Six'));
    expect((await layouts.list()).layouts.at(-1)).toMatchObject({ file: 'general.json', layout: fields('Six') });
    rmSync(join(folder, 'Code Review.json'));
    expect(await types()).toEqual(['a/b', 'general']);
  });

  it('sees a change that left size and time as they were', async () => {
    const { write, settle, types, folder, problems } = open();
    const at = new Date('2026-01-08T03:11:36.612Z');
    const writeAt = (content: string): void => {
      write('general.json', content);
      utimesSync(join(folder, 'general.json'), at, at);
    };
    writeAt(text('One'));
    settle();
    expect(await types()).toEqual(['general']);
    writeAt('{'.repeat(text('One').length));
    expect(await types()).toEqual([]);
    expect(Object.keys(await problems())).toEqual(['general.json']);
  });

  it('says which file is wrong and why, and leaves the others as they are', async () => {
    const { write, types, problems, folder, home } = open();
    write('good.json', text('Good'));
    write('broken.json', '{"fields": [');
    write('wrong.json', '{"fields": [{"label": "A", "path": ""}]}');
    write('giant.json', `${text('Giant')}${' '.repeat(MAX_LAYOUT_BYTES)}`);
    write('binary.json', Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    writeFileSync(join(home, 'secret.json'), text('Secret'));
    symlinkSync(join(home, 'secret.json'), join(folder, 'link.json'));
    symlinkSync(join(home, 'nothing'), join(folder, 'loose.json'));
    mkdirSync(join(folder, 'folder.json'));
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    write('a%20b.json', text('First'));
    write('a b.json', text('Second'));
    expect(await types()).toEqual(['a b', 'good']);
    expect(await problems()).toEqual({
      'a%20b.json': 'a b.json is for the same type, and counts',
      'binary.json': 'it is no text in UTF-8',
      'broken.json': expect.stringMatching(/^this is no valid JSON: /),
      'folder.json': 'it is no file',
      'giant.json': 'it has more than 64 KiB',
      'link.json': 'it is a symbolic link, which is not followed; put the file itself here',
      'loose.json': 'it is a symbolic link, which is not followed; put the file itself here',
      'pipe.json': 'it is no file',
      'wrong.json': 'fields.0.path: must not be empty',
    });
  });

  it('may hold more files than are read', async () => {
    const { layouts, write } = open();
    for (let n = 0; n < MAX_LAYOUT_FILES + 1; n += 1) write(`t${String(n).padStart(4, '0')}.json`, text('x'));
    const { layouts: listed, problems } = await layouts.list();
    expect(listed).toHaveLength(MAX_LAYOUT_FILES);
    expect(problems).toEqual([{ file: 't0200.json', type: 't0200', problem: 'only the first 200 files are read' }]);
    expect(await codeOf(layouts.save('other', text('x'), null))).toBe('TOO_MANY');
  });

  it('that is a file itself is told as a problem', async () => {
    const { folder, problems } = open();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    expect(await problems()).toEqual({ [folder]: 'the folder cannot be read (ENOTDIR)' });
  });

  it('tells of a change, also after it was another folder for a while', async () => {
    const { layouts, write, folder } = open();
    const told = () => new Promise<void>((resolve) => layouts.onChange(resolve));
    const first = told();
    write('general.json', text('One'));
    await first;
    const removed = told();
    rmSync(folder, { recursive: true });
    await removed;
    mkdirSync(folder);
    await layouts.list();
    const again = told();
    write('general.json', text('Two'));
    await again;
  });
});

describe('[KON10] saving a layout', () => {
  it('writes the text as it is, and only over the version that was seen', async () => {
    const { layouts, folder } = open();
    const saved = await layouts.save('a/b', `${text('One')}\n`, null);
    expect(readdirSync(folder)).toEqual(['a%2Fb.json']);
    expect(readFileSync(join(folder, 'a%2Fb.json'), 'utf8')).toBe(`${text('One')}\n`);
    expect(await layouts.read('a/b')).toEqual(saved);
    expect(await codeOf(layouts.save('a/b', text('Two'), null))).toBe('KONTASK_CHANGED');
    const both = [layouts.save('a/b', text('Two'), saved.version), layouts.save('a/b', text('Three'), saved.version)];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await codeOf(layouts.remove('a/b', saved.version))).toBe('KONTASK_CHANGED');
    await layouts.remove('a/b', undefined);
    expect(await codeOf(layouts.read('a/b'))).toBe('NOT_FOUND');
    expect(await codeOf(layouts.remove('a/b', undefined))).toBe('NOT_FOUND');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes to the file that a person gave the type', async () => {
    const { layouts, write, folder } = open();
    write('a%20b.json', '{');
    expect((await layouts.read('a b')).text).toBe('{');
    await layouts.save('a b', text('One'), undefined);
    expect(readdirSync(folder)).toEqual(['a%20b.json']);
  });

  it('stays in the folder, and refuses what is no layout or no file of its own', async () => {
    const { layouts, folder, home } = open();
    await layouts.save('../escape', text('One'), null);
    expect(readdirSync(home)).toEqual(['layouts']);
    expect(await codeOf(layouts.save('general', '{}', null))).toBe('INVALID_MESSAGE');
    expect(await codeOf(layouts.save('ä'.repeat(140), text('x'), null))).toBe('INVALID_MESSAGE');
    writeFileSync(join(home, 'target.json'), text('Target'));
    symlinkSync(join(home, 'target.json'), join(folder, 'link.json'));
    expect(await codeOf(layouts.read('link'))).toBe('STORAGE_FAILED');
    expect(await codeOf(layouts.save('link', text('x'), undefined))).toBe('STORAGE_FAILED');
    expect(await codeOf(layouts.remove('link', undefined))).toBe('STORAGE_FAILED');
    expect(readFileSync(join(home, 'target.json'), 'utf8')).toBe(text('Target'));
  });
});
