import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

const entry = fileURLToPath(new URL('src/service-worker/main.ts', import.meta.url));
const publicFolder = fileURLToPath(new URL('public', import.meta.url));

/** Never needed without a network, or too large to be fetched ahead; they are kept by the HTTP cache when used. */
const NOT_AHEAD = /\/(gallery|editor|terminal|screenshot)[^/]*$|\.map$/;

/**
 * Builds the service worker by itself, so that it is one file that imports nothing, with the list of this build's files
 * in it; and names the build in the page, by which an open page knows that it is no longer the newest.
 */
export function serviceWorker(): Plugin {
  let version = '';
  return {
    name: 'konui-service-worker',
    apply: 'build',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const names = Object.keys(bundle ?? {}).toSorted();
        version = createHash('sha256')
          .update(JSON.stringify([html, names]))
          .digest('hex')
          .slice(0, 16);
        return [{ tag: 'meta', attrs: { name: 'konui-build', content: version }, injectTo: 'head' }];
      },
    },
    async generateBundle(_options, bundle) {
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const others = readdirSync(publicFolder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => `${file.parentPath}/${file.name}`.slice(publicFolder.length + 1));
      const files = [...assets, ...others].map((name) => `/${name}`).filter((path) => !NOT_AHEAD.test(path));
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: await bundleWorker({ version, files: files.toSorted() }),
      });
    },
  };
}

async function bundleWorker(shell: { version: string; files: readonly string[] }): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { KONUI_SHELL: JSON.stringify(shell) },
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry, output: { format: 'iife' } } },
  });
  const [chunk] = 'output' in output ? output.output : Array.isArray(output) ? (output[0]?.output ?? []) : [];
  if (!isChunk(chunk)) throw new Error('the service worker was not built');
  return chunk.code;
}

function isChunk(file: Rolldown.OutputChunk | Rolldown.OutputAsset | undefined): file is Rolldown.OutputChunk {
  return file?.type === 'chunk';
}
