import { type Command, KonuiError, newId, RunId } from '@konui/protocol';
import type { AgentKeeper, ReadyAgent } from './agent/agent-keeper.ts';
import type { SessionJournal } from './session-journal.ts';
import { assertFolder } from './project-folder.ts';

/** Commands that are the agent's to answer, with or without a run. */
export type AgentCommand = Extract<Command, { type: 'prepare' | 'configure' }>;

export interface AgentCommandsOptions {
  readonly journal: SessionJournal;
  readonly keeper: AgentKeeper;
  readonly projectPath: string;
  /** The runner is leaving: what is not answered by now is the next one's to do. */
  readonly isLeaving: () => boolean;
  readonly onActivity: () => void;
  readonly onFatal: (error: unknown) => void;
}

export interface AgentCommands {
  /** Nothing is being done. */
  readonly isIdle: boolean;
  /** Resolves when everything that was asked for before this call has been answered. */
  readonly done: Promise<void>;
  /** Answers the command with exactly one event, after those before it. */
  perform(command: AgentCommand): void;
}

/** Starts the agent ahead of prompts, and gives it a person's choices, one after the other (SPEC OPT). */
export function createAgentCommands(options: AgentCommandsOptions): AgentCommands {
  const { journal, keeper, projectPath, isLeaving, onActivity, onFatal } = options;
  let done: Promise<void> = Promise.resolve();
  let waiting = 0;

  const answer = async (command: AgentCommand): Promise<void> => {
    const { commandId } = command;
    assertFolder(projectPath);
    // Agents without a run are marked by an id of their own.
    const agent = await keeper.ensure(newId(RunId), command.type === 'prepare' ? commandId : undefined);
    switch (command.type) {
      case 'prepare':
        // An agent that was there, or was being started for a run, has said so without quoting this command.
        if (!journal.state.answered.has(commandId)) appendAgentReady(journal, agent, { keeper, commandId });
        return;
      case 'configure': {
        const { by, option } = command;
        await agent.choose(option);
        journal.append({ kind: 'option_changed', commandId, by, option });
      }
    }
  };

  const reject = ({ commandId }: AgentCommand, error: unknown): void => {
    if (!(error instanceof KonuiError)) throw error;
    if (isLeaving() || journal.state.answered.has(commandId)) return;
    const { code, message } = error;
    const { signIn } = keeper;
    const help = code === 'AGENT_AUTH_REQUIRED' && signIn !== undefined ? { signIn } : {};
    journal.append({ kind: 'command_rejected', commandId, code, message, ...help });
  };

  return {
    get isIdle() {
      return waiting === 0;
    },
    get done() {
      return done;
    },
    perform(command) {
      waiting++;
      done = done
        .then(() => (isLeaving() ? undefined : answer(command)))
        .catch((error: unknown) => reject(command, error))
        .then(() => {
          waiting--;
          onActivity();
        })
        .catch(onFatal);
    },
  };
}

/** Writes what the agent offers (SPEC OPT2). */
export function appendAgentReady(
  journal: SessionJournal,
  { name, capabilities, offer }: ReadyAgent,
  { keeper, commandId }: { keeper: Pick<AgentKeeper, 'signIn'>; commandId: AgentCommand['commandId'] | undefined },
): void {
  const { agentName, agentVersion, prompt } = capabilities;
  const { modes, models, configOptions } = offer;
  journal.append({
    kind: 'agent_ready',
    ...(commandId === undefined ? {} : { commandId }),
    name: agentName ?? name,
    ...(agentVersion === undefined ? {} : { version: agentVersion }),
    ...(modes === undefined ? {} : { modes }),
    ...(models === undefined ? {} : { models }),
    ...(configOptions === undefined ? {} : { configOptions: [...configOptions] }),
    promptCapabilities: prompt,
    ...(keeper.signIn === undefined ? {} : { signIn: keeper.signIn }),
  });
}
