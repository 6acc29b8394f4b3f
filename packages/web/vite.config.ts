import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { serviceWorker } from './service-worker-plugin.ts';

const app = fileURLToPath(new URL('.', import.meta.url));

const preact = [
  { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react$/, replacement: 'preact/compat' },
];

/**
 * What is needed together is one file: each file more is a round trip more on a slow network, and compresses worse.
 * Everything else is split as it is imported.
 */
const chunkGroups = [
  { name: 'app', tags: ['$initial' as const], priority: 2 },
  { name: 'session', test: /\/src\/session\/session-(?:page|parts)\.tsx?$/, priority: 1 },
];

/** The app imports `react`; what ships is Preact, a third of its size. `--mode react` builds it with React itself. */
export default defineConfig(({ mode }) => ({
  root: app,
  base: '/',
  plugins: [serviceWorker()],
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
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } },
  },
}));
