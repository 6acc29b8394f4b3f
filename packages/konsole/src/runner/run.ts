import { KonuiError, type QueuedPrompt, type RunId } from '@konui/protocol';
import type { PromptAnswer } from './agent/agent-connection.ts';
import type { AgentKeeper } from './agent/agent-keeper.ts';
import type { AgentExit } from './agent/agent-process.ts';
import { endProcesses } from './agent/end-processes.ts';
import type { LiveAgent } from './agent/live-agent.ts';
import { findMarkedProcesses } from './agent/marked-processes.ts';
import { fromRpcError, isRpcError } from './agent/session-failure.ts';
import type { Elicitations } from './elicitations.ts';
import type { Permissions } from './permissions.ts';
import { assertFolder } from './project-folder.ts';
import { toAcpBlocks } from './prompt-blocks.ts';
import { ABORTED, failed, fromAnswer, fromExit, type RunOutcome } from './run-outcome.ts';
import type { SessionJournal } from './session-journal.ts';

export interface RunDependencies {
  readonly sessionId: string;
  readonly projectPath: string;
  readonly journal: SessionJournal;
  readonly keeper: AgentKeeper;
  readonly permissions: Permissions;
  readonly elicitations: Elicitations;
  readonly attachmentPath: (sha256: string) => string;
  /** The attachment as a file under a name of its own. */
  readonly nameFile: (sha256: string, name: string) => string;
  /** Something of a prompt reaches the agent in another form than it was sent. */
  readonly onDowngrade: (what: string) => void;
  /** When the agent last said something, in ms of performance.now(). */
  readonly lastUpdateAt: () => number;
}

/** Limits of a stop; together they stay below the 10 s of CMD6. */
const CANCEL_ANSWER_MS = 3000;
const TERM_GRACE_MS = 2000;
const COMMAND_GRACE_MS = 1000;
/** After a cancel chunks were seen for up to 100 ms after the answer. */
const LATE_SILENCE_MS = 120;
const LATE_LIMIT_MS = 600;

type Ending =
  | { how: 'answered'; answer: PromptAnswer }
  | { how: 'refused'; error: unknown }
  | { how: 'exited'; exit: AgentExit }
  | { how: 'stopped' };

/** What is to be given to the agent. */
export interface RunPrompt extends Pick<QueuedPrompt, 'content'> {
  readonly runId: RunId;
  /** Resolves when the choices that were made before the prompt have been given to the agent, or rejected (SPEC OPT4). */
  readonly isConfigured: Promise<void>;
}

/**
 * Gives one prompt to the agent and resolves with the run's outcome; never rejects for anything that the agent does.
 * `stopped` resolves when somebody wants the run to end.
 */
export async function performRun(
  dependencies: RunDependencies,
  prompt: RunPrompt,
  stopped: Promise<void>,
): Promise<RunOutcome> {
  const { keeper, projectPath } = dependencies;
  try {
    assertFolder(projectPath);
    let isStopped = false;
    void stopped.then(() => {
      isStopped = true;
    });
    // A choice may start the agent, fail, and leave this to start it again; but never for a run that was stopped.
    const started = prompt.isConfigured.then(() => (isStopped ? undefined : keeper.ensure(prompt.runId)));
    started.catch(() => undefined);
    const agent = await Promise.race([started, stopped.then(() => undefined)]);
    if (agent === undefined) {
      await keeper.end(TERM_GRACE_MS);
      return ABORTED;
    }
    return await converse({ ...dependencies, agent, prompt, stopped });
  } catch (error) {
    if (!(error instanceof KonuiError)) throw error;
    return failed('error', { code: error.code, message: error.message });
  }
}

interface ConverseOptions extends RunDependencies {
  readonly agent: LiveAgent;
  readonly prompt: Pick<QueuedPrompt, 'content'>;
  readonly stopped: Promise<void>;
}

async function converse(options: ConverseOptions): Promise<RunOutcome> {
  const { agent, prompt, stopped, sessionId, keeper, journal } = options;
  const { attachmentPath, nameFile, onDowngrade } = options;
  const accepts = agent.capabilities.prompt;
  const blocks = toAcpBlocks(prompt.content, { attachmentPath, nameFile, onDowngrade, accepts });
  // What lives now (the agent, its servers, commands that earlier runs left in the background) was not started by this run.
  const spare = findMarkedProcesses(sessionId);
  await journal.sync();

  const answered: Promise<Ending> = agent.connection.prompt(agent.agentSessionId, blocks).then(
    (answer) => ({ how: 'answered', answer }),
    (error: unknown) => ({ how: 'refused', error }),
  );
  const exited: Promise<Ending> = agent.exited.then((exit) => ({ how: 'exited', exit }));
  const ending = await Promise.race([answered, exited, stopped.then((): Ending => ({ how: 'stopped' }))]);

  switch (ending.how) {
    case 'answered':
      return fromAnswer(ending.answer);
    case 'exited':
      return fromExit(agent.name, ending.exit);
    case 'refused': {
      if (isRpcError(ending.error)) return failed('error', fromRpcError(ending.error));
      // The connection broke: the program is exiting, or has closed its stdout and can say nothing any more.
      await keeper.end(TERM_GRACE_MS);
      return fromExit(agent.name, await agent.exited);
    }
    case 'stopped': {
      const isCancelled = await cancel(options, Promise.race([answered, exited]));
      if (isCancelled) {
        await endProcesses({ sessionId, spare, graceMs: COMMAND_GRACE_MS });
        await waitForSilence(options.lastUpdateAt);
      } else {
        await keeper.end(TERM_GRACE_MS);
      }
      return ABORTED;
    }
  }
}

/** ACP cancel: the client answers the open permissions with `cancelled` (ACP, "Cancellation"). */
async function cancel({ agent, permissions, elicitations }: ConverseOptions, ended: Promise<Ending>): Promise<boolean> {
  permissions.closeAll('stopped');
  elicitations.closeAll('stopped');
  await agent.connection.cancel(agent.agentSessionId).catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), CANCEL_ANSWER_MS);
  });
  const ending = await Promise.race([ended, limit]);
  clearTimeout(timer);
  return ending?.how === 'answered' || (ending?.how === 'refused' && isRpcError(ending.error));
}

async function waitForSilence(lastUpdateAt: () => number): Promise<void> {
  const endAt = performance.now() + LATE_LIMIT_MS;
  const from = performance.now();
  while (performance.now() < Math.min(endAt, Math.max(from, lastUpdateAt()) + LATE_SILENCE_MS)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
