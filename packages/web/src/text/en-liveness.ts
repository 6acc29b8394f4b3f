/** What is said of sessions whose present nobody can know. */
export const liveness = {
  asOf: (time: string) => `as of ${time}, not connected`,
  status: {
    idle: 'was idle',
    working: 'was working',
    waiting: 'needed you',
    stopping: 'was stopping',
    not_responding: 'did not respond',
  },
  running: 'Was running',
  tool: { open: 'was running', waits: 'waited for you' },
  wereRunning: (n: number) => (n === 1 ? '1 was running' : `${n} were running`),
  thinking: 'Was thinking,',
  needsYou: 'Needed you',
  answerKept: 'Your answer is kept here and sent when there is a connection, unless somebody answers first.',
  title: 'offline · ',
} as const;
