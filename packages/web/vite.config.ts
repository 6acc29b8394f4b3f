import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { groupChunks } from './chunk-groups.ts';
import { firstFiles } from './first-files-plugin.ts';
import { firstScript } from './first-script-plugin.ts';
import { markedLexer } from './marked-lexer-plugin.ts';
import { serviceWorker } from './service-worker-plugin.ts';

const app = fileURLToPath(new URL('.', import.meta.url));

const preact = [
  { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react$/, replacement: 'preact/compat' },
];

const chunks = groupChunks();

/** The app imports `react`; what ships is Preact, a third of its size. `--mode react` builds it with React itself. */
export default defineConfig(({ mode }) => ({
  root: app,
  base: '/',
  plugins: [chunks.plugin, markedLexer(), firstScript(), firstFiles(), serviceWorker()],
  resolve: { alias: mode === 'react' ? [] : preact },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react', development: false } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // The gateway's policy allows no data: scripts or styles, and a hashed file is cached for ever.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: { output: { codeSplitting: { groups: [...chunks.groups] } } },
  },
}));
