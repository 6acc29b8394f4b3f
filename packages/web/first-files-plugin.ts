import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** The first name of a page's address, and the module that shows it. */
const PAGES: Readonly<Record<string, string>> = {
  '': 'src/app/home-route.tsx',
  s: 'src/session/session-page.tsx',
  login: 'src/features/sign-in/sign-in-page.tsx',
  new: 'src/app/new-session-route.tsx',
  search: 'src/features/search/search-page.tsx',
  kontasks: 'src/app/kontasks-route.tsx',
  approve: 'src/app/approve-route.tsx',
  settings: 'src/app/settings-route.tsx',
};

const COMPRESSED = /\.(?:css|html|js|json|svg|webmanifest)$/;
/** Below this a compressed file is no smaller on the wire. */
const MIN_BYTES = 1024;

const compress = promisify(brotliCompress);

/**
 * Writes `first-files.json`, by which the gateway has a browser fetch what a page needs besides the files that index.html
 * names, together with them rather than after them; and each text a second time, compressed as small as it gets.
 */
export function firstFiles(): Plugin {
  return {
    name: 'konui-first-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const pages = Object.entries(PAGES).map(([name, module]) => [name, filesOf(module, chunks)]);
      const source = JSON.stringify(Object.fromEntries(pages));
      this.emitFile({ type: 'asset', fileName: 'first-files.json', source });
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }, bundle) {
        const names = Object.keys(bundle).filter((name) => COMPRESSED.test(name));
        await Promise.all(
          names.map(async (name) => {
            const bytes = await readFile(`${dir}/${name}`);
            if (bytes.length < MIN_BYTES) return;
            const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
            await writeFile(`${dir}/${name}.br`, await compress(bytes, { params }));
          }),
        );
      },
    },
  };
}

/** The chunk that holds a module and all that it imports at once, without what every page has loaded already. */
function filesOf(module: string, chunks: readonly Rolldown.OutputChunk[]): readonly string[] {
  const holder = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/${module}`)));
  if (holder === undefined) throw new Error(`no file of the build holds ${module}`);
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const first = reach(
    chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName),
    byName,
  );
  return [...reach([holder.fileName], byName)].filter((name) => !first.has(name));
}

function reach(names: readonly string[], chunks: ReadonlyMap<string, Rolldown.OutputChunk>): ReadonlySet<string> {
  const found = new Set(names);
  // A set goes on over what is added while it is gone through.
  for (const name of found) for (const imported of chunks.get(name)?.imports ?? []) found.add(imported);
  return found;
}
