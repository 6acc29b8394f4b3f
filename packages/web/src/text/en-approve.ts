/** What the page of one request says. It is lazy, and so are its words. */
export const enApprove = {
  title: 'The agent asks',
  in: (agent: string, folder: string) => `${agent} in ${folder}`,
  loading: 'Loading the request…',
  open: 'Open the session',
  home: 'Back to the overview',
  done: 'Answered. The agent goes on.',
  answered: (who: string) => `${who} answered already.`,
  answeredWith: (who: string, what: string) => `${who} answered already: ${what}`,
  closed: 'Nobody can answer this any more: the run has ended.',
  missing: 'This request is not open any more, or this sign-in may not see it.',
  offline: 'There is no connection. Your answer is sent when it is back.',
} as const;
