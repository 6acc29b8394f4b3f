import {
  type Command,
  type CommandId,
  newId,
  PromptId,
  type QueuedPrompt,
  RunId,
  type SessionId,
} from '@konui/protocol';
import type { Logger } from 'pino';
import { endProcesses } from './agent/end-processes.ts';
import type { CommandQueue } from './command-queue.ts';
import { finishRun } from './finish-run.ts';
import { performRun, type RunDependencies } from './run.ts';
import { failed } from './run-outcome.ts';

export interface SessionRunnerOptions extends RunDependencies {
  readonly sessionId: SessionId & string;
  readonly commands: CommandQueue;
  readonly logger: Logger;
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
  /** Ends the open run as if somebody had pressed Stop, and begins no other. */
  retire(): Promise<void>;
}

/** Does a session's commands one after the other, and its runs one at a time. */
export function createSessionRunner(options: SessionRunnerOptions): SessionRunner {
  const { journal, permissions, keeper, commands, sessionId, logger } = options;
  let run: { runId: RunId; stop: () => void; done: Promise<void> } | undefined;
  let isRetired = false;
  let isRecovered = false;

  const begin = (prompt: Omit<QueuedPrompt, 'at'>, commandId: CommandId | undefined): void => {
    const runId = newId(RunId);
    const promptId = PromptId.parse(prompt.promptId);
    const { origin, content } = prompt;
    journal.append({
      kind: 'prompt',
      ...(commandId === undefined ? {} : { commandId }),
      promptId,
      origin,
      content: [...content],
    });
    journal.append({ kind: 'run_started', runId, promptId });
    const stopped = Promise.withResolvers<void>();
    const done = (async () => {
      const outcome = await performRun(options, { content, runId }, stopped.promise);
      await finishRun({ journal, permissions, sessionId, runId, outcome });
      run = undefined;
      options.onActivity();
      beginNext();
    })().catch(options.onFatal);
    run = { runId, stop: stopped.resolve, done };
  };

  const beginNext = (): void => {
    const next = journal.state.queue[0];
    if (run === undefined && next !== undefined && !isRetired) begin(next, undefined);
  };

  const perform = (command: Command): void => {
    switch (command.type) {
      case 'prompt': {
        const { commandId, promptId, by: origin, content } = command;
        if (run === undefined && journal.state.queue.length === 0 && !isRetired) {
          begin({ promptId, origin, content }, commandId);
        } else {
          journal.append({ kind: 'prompt_queued', commandId, promptId, origin, content });
          beginNext();
        }
        return;
      }
      case 'stop': {
        const { commandId, runId, by } = command;
        if (run?.runId !== runId) {
          journal.append({ kind: 'command_rejected', commandId, code: 'NO_ACTIVE_RUN' });
          return;
        }
        journal.append({ kind: 'status', state: 'stopping', runId, commandId, by });
        run.stop();
        return;
      }
      case 'permission':
        permissions.answer(command);
    }
  };

  return {
    get isIdle() {
      return run === undefined && journal.state.queue.length === 0;
    },

    async recover() {
      const open = journal.state.run;
      // The lifeline of a dead runner ends its agent; an agent that still lives must not meet a second one.
      const left = await endProcesses({ sessionId, graceMs: 0, killMs: 5000 });
      if (left.length > 0) logger.error({ left }, 'processes of an earlier run could not be ended');
      if (open !== undefined) {
        logger.warn({ runId: open.runId }, 'closing the run that a dead runner left open');
        const outcome = failed('interrupted', {
          code: 'RUN_INTERRUPTED',
          message:
            'The process that held the agent died, and the agent with it. What it did until then stands above; send the prompt again to go on.',
        });
        await finishRun({ journal, permissions, sessionId, runId: RunId.parse(open.runId), outcome });
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
    },
  };
}
