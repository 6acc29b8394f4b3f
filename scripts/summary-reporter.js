// A Vitest reporter that writes what scripts/test.js prints: the counts, every test that passed only
// when it was tried again, and every skipped one with its reason.

import { writeFileSync } from 'node:fs';

export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const summary = { passed: 0, failed: unhandledErrors.length, second: [], skipped: [] };
    for (const module of modules) {
      // A file that cannot be loaded has no tests that could fail.
      summary.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        const name = `${module.relativeModuleId} > ${test.fullName}`;
        if (test.diagnostic()?.flaky === true) summary.second.push(name);
        if (result.state === 'passed') summary.passed += 1;
        else if (result.state === 'failed') summary.failed += 1;
        else summary.skipped.push({ name, reason: result.note ?? '' });
      }
    }
    writeFileSync(process.env.KONUI_TEST_SUMMARY, JSON.stringify(summary));
  }
}
