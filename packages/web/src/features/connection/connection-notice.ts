import type { ConnectionState } from '@konui/client';
import { en } from '../../text/en.ts';

/** What the banner says, and the one thing that a person can do about it. */
export interface ConnectionNotice {
  readonly tone: 'quiet' | 'problem';
  readonly text: string;
  /** Changes each second and so is not read aloud. */
  readonly countdown?: string;
  readonly action?: { readonly label: string; readonly does: 'retry' | 'sign-in' | 'reload' };
}

/** A connection that is back within this time was never worth a word. */
const QUIET_MS = 1000;

export interface ConnectionFacts {
  readonly connection: ConnectionState;
  /** Since when the connection has not been live, milliseconds since 1970. */
  readonly downSince: number | undefined;
  readonly nowMs: number;
  readonly isHostUnreachable: boolean;
  /** The gateway serves another build than the one that this page is of. */
  readonly isOutdated: boolean;
}

/** The state of the connection in words; undefined where there is nothing to say. */
export function connectionNotice(facts: ConnectionFacts): ConnectionNotice | undefined {
  const { connection, nowMs } = facts;
  const isQuiet = nowMs - (facts.downSince ?? nowMs) < QUIET_MS;
  switch (connection.state) {
    case 'live':
      if (facts.isHostUnreachable) return { tone: 'problem', text: en.connection.hostUnreachable };
      if (facts.isOutdated)
        return {
          tone: 'quiet',
          text: en.connection.newVersion,
          action: { label: en.connection.reload, does: 'reload' },
        };
      return undefined;
    case 'connecting':
      if (isQuiet) return undefined;
      if (connection.isRestart) return { tone: 'quiet', text: en.connection.restarting };
      return {
        tone: 'quiet',
        text: connection.attempt <= 1 ? en.connection.connecting : en.connection.reconnecting(connection.attempt),
      };
    case 'waiting': {
      if (isQuiet) return undefined;
      const retry = { label: en.connection.tryNow, does: 'retry' } as const;
      if (connection.isRestart) return { tone: 'quiet', text: en.connection.restarting, action: retry };
      const seconds = Math.max(0, Math.ceil((connection.nextAttemptAt - nowMs) / 1000));
      return {
        tone: 'problem',
        text: en.connection.waiting(connection.attempt + 1),
        countdown: en.connection.inSeconds(seconds),
        action: retry,
      };
    }
    case 'disconnected':
      return {
        tone: 'problem',
        text: en.connection.disconnected,
        action: { label: en.connection.reconnect, does: 'retry' },
      };
    case 'refused':
      return {
        tone: 'problem',
        text: en.connection.refused,
        action: { label: en.connection.signInAgain, does: 'sign-in' },
      };
    case 'closed':
      return undefined;
  }
}
