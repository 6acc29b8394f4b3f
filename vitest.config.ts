import { defineConfig } from 'vitest/config';

/** A machine that is busy with something else is late, and no test says how soon. */
const poll = { timeout: 30_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: 60_000,
          expect: { poll },
          include: ['packages/*/src/**/*.test.ts', 'packages/*/src/**/*.test.tsx'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['packages/*/src/**/*.integration.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // A page that came too late for a wait is asked once more, and the result names it. What a page shows wrongly,
          // and what runs without one, is never tried again.
          retry: { count: 1, condition: /^(locator|page|frame)\S*: Timeout \d+ms exceeded/ },
          expect: { poll },
        },
      },
    ],
  },
});
