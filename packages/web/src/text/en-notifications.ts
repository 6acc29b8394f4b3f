/** What notifications say by themselves; the rest comes from the gateway. The service worker has this file too. */
export const enNotifications = {
  answer: {
    allowed: 'Allowed',
    denied: 'Denied',
    answered: 'Already answered',
    unsent: 'Not sent. Press to answer in Konui.',
  },
  unknown: { title: 'Konui', body: 'Something happened that this version does not know.' },
  needsYou: (what: string) => `Needs you: ${what}`,
  needsYouBody: 'The agent waits for your answer.',
  testFailed: 'the push service did not take it',
  finished: (what: string) => `Finished: ${what}`,
  failed: (what: string) => `Failed: ${what}`,
} as const;
