import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { bundleScript } from './bundle-script.ts';

const entry = fileURLToPath(new URL('src/first/main.ts', import.meta.url));

/** Builds `src/first` by itself, into a file that is cached for ever, and names it where index.html says `first.js`. */
export function firstScript(): Plugin {
  let code = '';
  let fileName = '';
  return {
    name: 'konui-first-script',
    apply: 'build',
    async buildStart() {
      code = await bundleScript(entry);
      const hash = createHash('sha256').update(code).digest('hex').slice(0, 8);
      fileName = `assets/first-${hash}.js`;
    },
    transformIndexHtml: { order: 'post', handler: (html) => html.replace('"/first.js"', `"/${fileName}"`) },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: code });
    },
  };
}
