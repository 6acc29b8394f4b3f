import { testConfig } from './config.ts';

/**
 * Whether a test that needs a part which may be missing can run: `describe.runIf(isPresent(agent))`.
 * A missing part is reported with its reason; with CI=true, where nothing may be missing, it throws.
 */
export function isPresent(part: { available: true } | { available: false; reason: string }): boolean {
  if (part.available) return true;
  if (testConfig.isCi) throw new Error(`With CI=true no test is skipped: ${part.reason}`);
  process.stderr.write(`SKIPPED: ${part.reason}\n`);
  return false;
}
