import { type EventLog, StorageError } from '@konui/log';
import {
  changesState,
  fromAgentUpdate,
  isSessionEvent,
  type KonuiEventBody,
  parseSessionEvent,
  reduceSession,
  type SessionEvent,
  type SessionState,
} from '@konui/protocol';
import { createChunkJoiner } from './chunk-joiner.ts';
import { storeInlineMedia } from './inline-media.ts';
import { storeLargeStrings } from './large-strings.ts';
import { hideAgentSessionId } from './hide-agent-session-id.ts';
import type { OfferMemory } from './offer-memory.ts';

/** The session's log as the runner uses it: what is appended is folded at once, so that the state is never behind. */
export interface SessionJournal {
  readonly state: SessionState;
  readonly epoch: string;
  append(body: KonuiEventBody): void;
  /** Appends an agent's `session/update`; chunks in quick succession are joined (EVT2). */
  appendUpdate(update: Readonly<Record<string, unknown>>): void;
  /** Resolves when everything appended is on the disk; on a full disk it waits for room. Rejects when the disk fails. */
  sync(): Promise<void>;
  /** From now on this id is replaced by the session's own (EVT7). */
  hide(agentSessionId: string): void;
  close(): void;
}

export interface SessionJournalOptions {
  readonly log: EventLog;
  /** The fold of what the log held when it was opened. */
  readonly state: SessionState;
  /** What the log says of the agent's offers. */
  readonly offers: OfferMemory;
  readonly sessionId: string;
  /** Stores bytes as an attachment and returns their SHA-256. */
  readonly putAttachment: (bytes: Uint8Array) => string;
}

export function createSessionJournal(options: SessionJournalOptions): SessionJournal {
  const { log, state, offers, sessionId, putAttachment } = options;
  let hidden: string | undefined;

  const write = (body: { kind: string; [field: string]: unknown }): void => {
    const small = storeLargeStrings(storeInlineMedia(body, putAttachment), putAttachment);
    const stored = hidden === undefined ? small : hideAgentSessionId(small, hidden, sessionId);
    if (offers.isKnown(stored)) return;
    const { line, seq, at } = log.append(stored);
    offers.note(stored);
    // The state folds what readers will parse, not what was meant.
    const event: SessionEvent | undefined = changesState(body.kind)
      ? parseSessionEvent(line)
      : { seq, sessionId, kind: body.kind, at };
    if (event !== undefined && isSessionEvent(event)) reduceSession(state, event);
  };
  const joiner = createChunkJoiner({ write: (update) => write(fromAgentUpdate(update)) });

  return {
    state,
    epoch: log.epoch,
    append(body) {
      joiner.flush();
      write(body);
    },
    appendUpdate: (update) => joiner.add(update),
    async sync() {
      joiner.flush();
      while (!trySync(log)) await new Promise((resolve) => setTimeout(resolve, FULL_RETRY_MS));
    },
    hide(agentSessionId) {
      hidden = agentSessionId;
    },
    close() {
      joiner.flush();
      log.close();
    },
  };
}

const FULL_RETRY_MS = 1000;

function trySync(log: EventLog): boolean {
  try {
    log.sync();
    return true;
  } catch (error) {
    if (error instanceof StorageError && error.code === 'STORAGE_FULL') return false;
    throw error;
  }
}
