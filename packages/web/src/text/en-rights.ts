export const rights = {
  noPrompt: 'You can read here; this sign-in may not send prompts.',
  noNewSession: 'This sign-in may not start sessions.',
  noAnswer: 'This sign-in may not answer; somebody else has to.',
  noManage: 'This sign-in may not see or change this.',
} as const;
