import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';
import { bundleScript } from './bundle-script.ts';

const entry = fileURLToPath(new URL('src/service-worker/main.ts', import.meta.url));
const publicFolder = fileURLToPath(new URL('public', import.meta.url));

/** Never needed without a network. */
const NOT_AHEAD = /\/gallery-[^/]*$|\.map$/;
/** Larger parts (an editor, a terminal) are for work that needs the network anyway; the HTTP cache keeps them when used. */
const MAX_AHEAD_BYTES = 300 * 1024;

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
      const assets = Object.values(bundle)
        .filter((file) => file.fileName.startsWith('assets/') && sizeOf(file) <= MAX_AHEAD_BYTES)
        .map(({ fileName }) => fileName);
      const others = readdirSync(publicFolder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => `${file.parentPath}/${file.name}`.slice(publicFolder.length + 1));
      const files = [...assets, ...others].map((name) => `/${name}`).filter((path) => !NOT_AHEAD.test(path));
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: await bundleScript(entry, { KONUI_SHELL: JSON.stringify({ version, files: files.toSorted() }) }),
      });
    },
  };
}

function sizeOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset): number {
  return Buffer.byteLength(file.type === 'chunk' ? file.code : file.source);
}
