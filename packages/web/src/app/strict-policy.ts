// zod tries `new Function` unless it is told not to, and the page's policy would report that as a violation.
// It reads this when it is loaded, so this file has to be imported before everything else.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
