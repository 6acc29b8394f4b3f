import { join } from 'node:path';
import { build, type Plugin } from 'vite';

export const root = join(import.meta.dirname, '../..');

/** The oldest Node that what is published runs on: undici 8.12.4 asks for it; before 22.16 SQLite has no FTS5. */
export const OLDEST_NODE = '22.19.0';

export interface Bundle {
  /** Names of the files to write, without `.js`, and the modules that they begin with, relative to the clone. */
  readonly entries: Readonly<Record<string, string>>;
  readonly outFolder: string;
  /** Packages that are left to npm. */
  readonly external?: readonly (string | RegExp)[];
  /** Each module stays a file of its own, so that whoever bundles them takes what is used. */
  readonly keepsModules?: boolean;
}

/** Bundles a program or a library as JavaScript; resolves to the paths of the modules that went into it. */
export async function bundle({ entries, outFolder, external = [], keepsModules = false }: Bundle): Promise<string[]> {
  const modules = new Set<string>();
  const collect: Plugin = {
    name: 'konui-collect-modules',
    generateBundle(_options, files) {
      for (const file of Object.values(files)) {
        if (file.type === 'chunk') for (const module of file.moduleIds) modules.add(module);
      }
    },
  };
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [collect],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: `node${OLDEST_NODE}`,
      outDir: outFolder,
      emptyOutDir: false,
      // What is published can be read, and a stack trace names what it says.
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, module]) => [name, join(root, module)])),
        external: [...external],
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name].js',
          ...(keepsModules ? { preserveModules: true, preserveModulesRoot: join(root, 'packages') } : {}),
        },
      },
    },
  });
  return [...modules];
}
