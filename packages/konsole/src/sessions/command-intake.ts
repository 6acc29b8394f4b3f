import { createAttachmentStore } from '@konui/log';
import {
  Command,
  type CommandAccepted,
  type CommandId,
  type ConfigureRequest,
  type ContentBlock,
  type ElicitationAnswer,
  type HomePaths,
  KonuiError,
  LIMITS,
  type PermissionAnswer,
  type PrepareRequest,
  type PromptRequest,
  type QueueRequest,
  RunId,
  type SessionId,
  sessionPaths,
  type StopRequest,
  type StoredContentBlock,
} from '@konui/protocol';
import type { LiveEntry } from './live-entry.ts';
import type { Lease } from './live-sessions.ts';
import { lacksQueueVersion, toQueueCommand } from './queue-change.ts';
import { storeAttachments } from './store-attachments.ts';

export interface CommandIntakeOptions {
  readonly paths: HomePaths;
  /** Rejects with SESSION_NOT_FOUND or SESSION_GONE. */
  acquire(sessionId: SessionId): Promise<Lease>;
  /** A person asks something of it: it is at hand again, whatever put it away. */
  unarchive(sessionId: SessionId): void;
  now?: () => Date;
}

/** The runner answers within milliseconds; one that is stopped does not keep the sender waiting for longer. */
const ANSWER_MS = 1000;

interface Accepting {
  readonly sessionId: SessionId;
  readonly commandId: CommandId;
  /** How long the commands before it may take to be answered; default 0. */
  readonly waitMs?: number;
}

/** Takes commands: completes what the sender left out, writes them to the inbox, and rings the runner (SPEC CMD1, CMD2). */
export class CommandIntake {
  readonly #options: CommandIntakeOptions;

  constructor(options: CommandIntakeOptions) {
    this.#options = options;
  }

  prompt(sessionId: SessionId, { commandId, by, content }: PromptRequest): Promise<CommandAccepted> {
    return this.#accept({ sessionId, commandId }, ({ session }) => {
      if (session.waitingPrompts >= LIMITS.maxQueuedPrompts) {
        throw new KonuiError(
          'TOO_MANY',
          `${LIMITS.maxQueuedPrompts} prompts are waiting already; let some of them run`,
        );
      }
      const stored = this.#store(sessionId, content);
      // Before it is written: sent again after a crash in between, it would be known and change nothing.
      if (by.type === 'person') this.#options.unarchive(sessionId);
      return { type: 'prompt', commandId, by, promptId: commandId, content: stored };
    });
  }

  stop(sessionId: SessionId, { commandId, by, runId }: StopRequest): Promise<CommandAccepted> {
    return this.#accept({ sessionId, commandId }, ({ session }) => {
      const open = session.state.run;
      if (open === undefined || (runId !== undefined && runId !== open.runId)) {
        throw new KonuiError('NO_ACTIVE_RUN', runId === undefined ? 'no run is open' : `run ${runId} is not open`);
      }
      return { type: 'stop', commandId, by, runId: RunId.parse(open.runId) };
    });
  }

  answerPermission(sessionId: SessionId, answer: PermissionAnswer): Promise<CommandAccepted> {
    return this.#accept({ sessionId, commandId: answer.commandId }, ({ session }) => {
      if (!session.state.pendingPermissions.some(({ requestId }) => requestId === answer.requestId)) {
        throw new KonuiError('PERMISSION_NOT_FOUND', `permission ${answer.requestId} does not wait for an answer`);
      }
      return { type: 'permission', ...answer };
    });
  }

  answerElicitation(sessionId: SessionId, answer: ElicitationAnswer): Promise<CommandAccepted> {
    return this.#accept({ sessionId, commandId: answer.commandId }, ({ session }) => {
      const { content, ...rest } = answer;
      if (!session.state.pendingElicitations.some(({ requestId }) => requestId === rest.requestId)) {
        throw new KonuiError('ELICITATION_NOT_FOUND', `question ${rest.requestId} does not wait for an answer`);
      }
      const given = rest.action === 'accept' && content !== undefined ? { content } : {};
      return { type: 'elicitation', ...rest, ...given };
    });
  }

  changeQueue(sessionId: SessionId, request: QueueRequest): Promise<CommandAccepted> {
    return this.#accept(
      // Commands that came before may change the version that is filled in.
      { sessionId, commandId: request.commandId, waitMs: lacksQueueVersion(request.change) ? ANSWER_MS : 0 },
      ({ session }) => toQueueCommand(request, session.state, (content) => this.#store(sessionId, content)),
    );
  }

  prepare(sessionId: SessionId, { commandId, by }: PrepareRequest): Promise<CommandAccepted> {
    return this.#accept({ sessionId, commandId }, () => ({ type: 'prepare', commandId, by }));
  }

  configure(sessionId: SessionId, { commandId, by, option }: ConfigureRequest): Promise<CommandAccepted> {
    return this.#accept({ sessionId, commandId }, () => ({ type: 'configure', commandId, by, option }));
  }

  #store(sessionId: SessionId, content: readonly ContentBlock[]): StoredContentBlock[] {
    return storeAttachments(content, createAttachmentStore(sessionPaths(this.#options.paths, sessionId).attachments));
  }

  async #accept(
    { sessionId, commandId, waitMs = 0 }: Accepting,
    complete: (entry: LiveEntry) => object,
  ): Promise<CommandAccepted> {
    using lease = await this.#options.acquire(sessionId);
    const { entry } = lease;
    requireThere(entry);
    // Before any look at the state: a command that is sent again is accepted again, whatever has happened since.
    let isKnown = entry.hasCommand(commandId);
    if (!isKnown) {
      await entry.session.refresh();
      const endAt = performance.now() + waitMs;
      // Several that wait go on at once; all but the first find its command unanswered and wait again.
      for (let leftMs = waitMs; leftMs > 0 && entry.session.hasUnanswered; leftMs = endAt - performance.now()) {
        await entry.session.untilAnswered(leftMs);
      }
      requireThere(entry);
      const at = (this.#options.now?.() ?? new Date()).toISOString();
      isKnown =
        entry.hasCommand(commandId) || entry.writeCommand(Command.parse({ ...complete(entry), at })) === 'known';
    }
    if (!isKnown || entry.session.needsRunner) entry.runner.ring();
    return { commandId, known: isKnown };
  }
}

/** It may have been deleted since it was acquired. */
function requireThere({ record }: LiveEntry): void {
  if (record.deleted) throw new KonuiError('SESSION_GONE', `session ${record.sessionId} was deleted`);
}
