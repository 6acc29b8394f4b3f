import { count } from './count.ts';

/** What the page says of its connection. */
export const enConnection = {
  connecting: 'Connecting…',
  restarting: 'Konui restarts and will be back in a moment…',
  reconnecting: (attempt: number) => `Connection lost. Reconnecting (attempt ${attempt})…`,
  waiting: (attempt: number) => `Connection lost. Reconnecting (attempt ${attempt})`,
  inSeconds: (s: number) => `in ${s} s`,
  offline: 'Offline. What you write is sent when the network is back.',
  offlineWith: (n: number) => `Offline. ${count(n, 'prompt waits', 'prompts wait')} to be sent.`,
  promptsWait: (n: number) => `${count(n, 'prompt waits', 'prompts wait')} to be sent.`,
  catchingUp: (n: number) => `Catching up: ${count(n, 'event', 'events')}…`,
  savedCopy: 'This is the copy on this device. What came after it is shown when there is a connection.',
  disconnected: 'Disconnected. Konui could not be reached; what you write is kept.',
  tryNow: 'Try now',
  reconnect: 'Reconnect',
  refused: 'Your sign-in has ended. What you wrote is kept.',
  signInAgain: 'Sign in again',
  hostUnreachable: 'The agent host does not answer. Runs go on; this page will catch up.',
  newVersion: 'A new version of Konui is here.',
  reload: 'Reload',
} as const;
