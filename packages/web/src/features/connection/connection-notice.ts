import type { ConnectionState } from '@konui/client';
import * as en from '../../text/en.ts';

/** A connection that is back within this time was never worth a banner; the words of what runs wait longer. */
const QUIET_MS = 1000;

/** What the banner says, and the one thing that a person can do about it. */
export interface ConnectionNotice {
  readonly tone: 'quiet' | 'problem';
  readonly text: string;
  /** Changes each second and so is not read aloud. */
  readonly countdown?: string;
  /** Said after the countdown. */
  readonly more?: string | undefined;
  readonly action?: { readonly label: string; readonly does: 'retry' | 'sign-in' | 'reload' };
}

export interface ConnectionFacts {
  readonly connection: ConnectionState;
  /** Since when the connection has not been live, milliseconds since 1970. */
  readonly downSince: number | undefined;
  readonly nowMs: number;
  /** The browser itself knows that there is no network. */
  readonly isOffline: boolean;
  /** Prompts that were written and could not be sent yet. */
  readonly waitingPrompts: number;
  /** Events that are still on their way after a reconnect. */
  readonly missingEvents: number;
  readonly isHostUnreachable: boolean;
  /** The gateway serves another build than the one that this page is of. */
  readonly isOutdated: boolean;
}

const RETRY = { label: en.connection.tryNow, does: 'retry' } as const;

/** The state of the connection in words; undefined where there is nothing to say. */
export function connectionNotice(facts: ConnectionFacts): ConnectionNotice | undefined {
  const { connection, nowMs, waitingPrompts } = facts;
  if (connection.state === 'closed') return undefined;
  if (connection.state === 'refused') {
    const action = { label: en.connection.signInAgain, does: 'sign-in' } as const;
    return { tone: 'problem', text: en.connection.refused, action };
  }
  if (facts.isOffline) return offlineNotice(waitingPrompts);
  const isQuiet = nowMs - (facts.downSince ?? nowMs) < QUIET_MS;
  switch (connection.state) {
    case 'live':
      return liveNotice(facts);
    case 'connecting':
      if (isQuiet) return undefined;
      if (connection.isRestart) return { tone: 'quiet', text: en.connection.restarting };
      return {
        tone: 'quiet',
        text: connection.attempt <= 1 ? en.connection.connecting : en.connection.reconnecting(connection.attempt),
        more: promptsText(waitingPrompts),
      };
    case 'waiting': {
      if (isQuiet) return undefined;
      if (connection.isRestart) return { tone: 'quiet', text: en.connection.restarting, action: RETRY };
      const seconds = Math.max(0, Math.ceil((connection.nextAttemptAt - nowMs) / 1000));
      return {
        tone: 'problem',
        text: en.connection.waiting(connection.attempt + 1),
        countdown: en.connection.inSeconds(seconds),
        more: promptsText(waitingPrompts),
        action: RETRY,
      };
    }
    case 'disconnected':
      return {
        tone: 'problem',
        text: en.connection.disconnected,
        more: promptsText(waitingPrompts),
        action: { label: en.connection.reconnect, does: 'retry' },
      };
  }
}

function liveNotice(facts: ConnectionFacts): ConnectionNotice | undefined {
  if (facts.isHostUnreachable) return { tone: 'problem', text: en.connection.hostUnreachable };
  if (facts.missingEvents > 0) return { tone: 'quiet', text: en.connection.catchingUp(facts.missingEvents) };
  if (!facts.isOutdated) return undefined;
  const action = { label: en.connection.reload, does: 'reload' } as const;
  return { tone: 'quiet', text: en.connection.newVersion, action };
}

function offlineNotice(waitingPrompts: number): ConnectionNotice {
  const text = waitingPrompts > 0 ? en.connection.offlineWith(waitingPrompts) : en.connection.offline;
  return { tone: 'problem', text, action: RETRY };
}

function promptsText(waitingPrompts: number): string | undefined {
  return waitingPrompts > 0 ? en.connection.promptsWait(waitingPrompts) : undefined;
}
