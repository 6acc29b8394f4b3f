import {
  type Command,
  type CommandId,
  newId,
  nextPrompt,
  type Origin,
  PromptId,
  type QueuedPrompt,
  RunId,
  type SessionId,
} from '@konui/protocol';
import type { Logger } from 'pino';
import { createAgentCommands } from './agent-commands.ts';
import { endProcesses } from './agent/end-processes.ts';
import type { CommandQueue } from './command-queue.ts';
import { finishRun } from './finish-run.ts';
import { changeQueue } from './queue-commands.ts';
import { performRun, type RunDependencies } from './run.ts';
import { ABORTED, failed, type RunOutcome } from './run-outcome.ts';

export interface SessionRunnerOptions extends RunDependencies {
  readonly sessionId: SessionId & string;
  readonly commands: CommandQueue;
  readonly logger: Logger;
  /** The session was deleted: the open run is closed, every command rejected, and nothing begun. */
  readonly isDeleted: boolean;
  /** What was asked before then (wall clock, in milliseconds) is not done by itself: -Infinity where nothing is that old. */
  readonly oldBefore: number;
  /** Wall clock, in milliseconds. */
  readonly now: () => number;
  /** Something was done or begun; idle time counts from here. */
  readonly onActivity: () => void;
  /** Nothing works any more, such as a failing disk: the process must end. */
  readonly onFatal: (error: unknown) => void;
}

export interface SessionRunner {
  /** No run is going and nothing waits. */
  readonly isIdle: boolean;
  /** Closes the run that a dead runner left open, then begins with what waits. */
  recover(): Promise<void>;
  /** Does what has been added to the inbox. */
  readInbox(): void;
  /** Ends an agent that has nothing to do; does nothing where it has. */
  endIdleAgent(): Promise<void>;
  /** Ends the open run as if somebody had pressed Stop, and begins no other. */
  retire(): Promise<void>;
}

/** A prompt that waited for longer while nothing ran is held rather than done by surprise. */
const OLD_MS = 10 * 60_000;

const INTERRUPTED = failed('interrupted', {
  code: 'RUN_INTERRUPTED',
  message:
    'The process that held the agent died, and the agent with it. What it did until then stands above; send the prompt again to go on.',
});

/** Does a session's commands one after the other, and its runs one at a time. */
export function createSessionRunner(options: SessionRunnerOptions): SessionRunner {
  const { journal, permissions, elicitations, keeper, commands, sessionId, logger, now } = options;
  let run: { stop: () => void; done: Promise<void> } | undefined;
  let isRetired = options.isDeleted;
  let isRecovered = false;
  const agentCommands = createAgentCommands({ ...options, isLeaving: () => isRetired });

  const begin = (prompt: Omit<QueuedPrompt, 'at'>, commandId: CommandId | undefined): void => {
    const runId = newId(RunId);
    const promptId = PromptId.parse(prompt.promptId);
    const { origin, content } = prompt;
    if (prompt.hasBegun !== true) {
      journal.append({
        kind: 'prompt',
        ...(commandId === undefined ? {} : { commandId }),
        promptId,
        origin,
        content: [...content],
      });
    }
    journal.append({ kind: 'run_started', runId, promptId });
    const stopped = Promise.withResolvers<void>();
    const done = (async () => {
      const isConfigured = agentCommands.done;
      const ended = await performRun(options, { content, runId, isConfigured }, stopped.promise);
      const outcome = { ...ended, continues: journal.state.queue[0]?.sendNow === true };
      await finishRun({ journal, permissions, elicitations, sessionId, runId, outcome, signIn: keeper.signIn });
      run = undefined;
      options.onActivity();
      beginNext();
    })().catch(options.onFatal);
    run = { stop: stopped.resolve, done };
  };

  const beginNext = (): void => {
    const next = nextPrompt(journal.state);
    if (run === undefined && next !== undefined && !isRetired) begin(next, undefined);
  };

  /** Somebody had stopped the run when the runner died, and stopped it is (CMD6). */
  const stoppedByDeath = (): RunOutcome => ({ ...ABORTED, continues: journal.state.queue[0]?.sendNow === true });

  /** Whoever wrote it may not expect it to be done any more. */
  const isOld = (at: string): boolean => Date.parse(at) < options.oldBefore || now() - Date.parse(at) > OLD_MS;
  const hold = (): void => {
    if (journal.state.queueHold !== undefined) return;
    journal.append({ kind: 'queue_held', reason: 'old', by: { type: 'system', reason: 'old' } });
  };

  /** The open run makes room for a prompt that is sent now. */
  const interrupt = (by: Origin): void => {
    const open = journal.state.run;
    if (open === undefined) return;
    journal.append({ kind: 'status', state: 'stopping', runId: RunId.parse(open.runId), by });
    run?.stop();
  };

  const perform = (command: Command): void => {
    if (options.isDeleted) {
      journal.append({ kind: 'command_rejected', commandId: command.commandId, code: 'SESSION_GONE' });
      return;
    }
    switch (command.type) {
      case 'prompt': {
        const { commandId, promptId, by: origin, content, at } = command;
        // Held prompts wait for a person, and this is what a person wants now.
        const waitsBehind = journal.state.queue.length > 0 && journal.state.queueHold === undefined;
        if (run === undefined && !waitsBehind && !isRetired && !isOld(at)) {
          begin({ promptId, origin, content }, commandId);
          return;
        }
        journal.append({ kind: 'prompt_queued', commandId, promptId, origin, content });
        if (run === undefined && isOld(at)) hold();
        beginNext();
        return;
      }
      case 'stop': {
        const { commandId, runId, by } = command;
        if (journal.state.run?.runId !== runId) {
          journal.append({ kind: 'command_rejected', commandId, code: 'NO_ACTIVE_RUN' });
          return;
        }
        journal.append({ kind: 'status', state: 'stopping', runId, commandId, by });
        run?.stop();
        return;
      }
      case 'permission':
        permissions.answer(command);
        return;
      case 'elicitation':
        elicitations.answer(command);
        return;
      case 'prepare':
      case 'configure':
        agentCommands.perform(command);
        return;
      case 'queue_edit':
      case 'queue_move':
      case 'queue_remove':
      case 'queue_hold':
      case 'queue_resume':
      case 'queue_send_now':
        if (changeQueue(journal, command) === 'rejected') return;
        if (command.type === 'queue_send_now') interrupt(command.by);
        beginNext();
    }
  };

  return {
    get isIdle() {
      return run === undefined && agentCommands.isIdle && nextPrompt(journal.state) === undefined;
    },

    async recover() {
      const open = journal.state.run;
      // The lifeline of a dead runner ends its agent; an agent that still lives must not meet a second one.
      const left = await endProcesses({ sessionId, graceMs: 0, killMs: 5000 });
      if (left.length > 0) logger.error({ left }, 'processes of an earlier run could not be ended');
      if (open !== undefined) {
        logger.warn({ runId: open.runId }, 'closing the run that a dead runner left open');
        const outcome = open.isStopping ? stoppedByDeath() : INTERRUPTED;
        await finishRun({ journal, permissions, elicitations, sessionId, runId: RunId.parse(open.runId), outcome });
      } else if (journal.state.queue.some(({ at }) => isOld(at))) {
        hold();
      }
      isRecovered = true;
      beginNext();
    },

    readInbox() {
      if (!isRecovered) return;
      const { commands: taken, invalid } = commands.take();
      for (const { commandId, message } of invalid) {
        journal.append({ kind: 'command_rejected', commandId, code: 'INVALID_MESSAGE', message });
      }
      for (const command of taken) {
        // The same id twice in one reading: the first line's answer stands for both.
        if (!journal.state.answered.has(command.commandId)) perform(command);
      }
      if (taken.length > 0) options.onActivity();
    },

    async retire() {
      isRetired = true;
      run?.stop();
      await run?.done;
      await keeper.end(2000);
      await agentCommands.done;
    },

    async endIdleAgent() {
      const { pendingPermissions, pendingElicitations } = journal.state;
      if (!this.isIdle || pendingPermissions.length + pendingElicitations.length > 0) return;
      await keeper.end(2000);
    },
  };
}
