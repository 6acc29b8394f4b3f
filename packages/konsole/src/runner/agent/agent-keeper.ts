import { type AgentRecord, KonuiError } from '@konui/protocol';
import type { Logger } from 'pino';
import {
  connectAgent,
  type AgentCapabilities,
  type AgentConnection,
  type ElicitationOutcome,
  type ElicitationQuestion,
  type PermissionOutcome,
  type PermissionQuestion,
} from './agent-connection.ts';
import { startAgentProcess, type AgentExit, type AgentLaunch, type AgentProcess } from './agent-process.ts';
import { endProcesses } from './end-processes.ts';
import { fromRpcError, isRpcError } from './session-failure.ts';

/** An agent that is ready for a prompt. */
export interface LiveAgent {
  readonly name: string;
  readonly agentSessionId: string;
  readonly connection: AgentConnection;
  readonly capabilities: AgentCapabilities;
  readonly process: AgentProcess;
  readonly exited: Promise<AgentExit>;
}

export interface ResolvedLaunch extends AgentLaunch {
  readonly name: string;
}

/** Where the agent's own session id is kept, and who is told what. */
export interface AgentKeeperOptions {
  readonly sessionId: string;
  readonly projectPath: string;
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly logger: Logger;
  /** Finds or installs the program; `onProgress` gets a line for the person who waits. */
  readonly resolve: (onProgress: (message: string) => void, signal: AbortSignal) => Promise<ResolvedLaunch>;
  readonly record: { read(): AgentRecord | undefined; write(agentSessionId: string): void };
  readonly onUpdate: (update: Readonly<Record<string, unknown>>) => void;
  readonly onPermission: (question: PermissionQuestion, signal: AbortSignal) => Promise<PermissionOutcome>;
  readonly onElicitation: (question: ElicitationQuestion, signal: AbortSignal) => Promise<ElicitationOutcome>;
  /** The agent's earlier conversation could not be restored; it begins anew. */
  readonly onContextLost: (message: string) => void;
  readonly onExit: (exit: AgentExit) => void;
}

export interface AgentKeeper {
  readonly current: LiveAgent | undefined;
  /** Starts the agent unless it is there. Throws KonuiError AGENT_…; whatever was started is ended then. */
  ensure(runId: string, onProgress: (message: string) => void): Promise<LiveAgent>;
  /** Ends the agent and everything that it started. */
  end(graceMs: number): Promise<void>;
  /** Stops and resumes reading from the agent, while the log cannot take more. */
  setPaused(isPaused: boolean): void;
}

/** How long a program may take to answer `initialize` and to open a session (Gemini CLI took 1 s, OpenCode 1.4 s, cold). */
const START_LIMIT_MS = 90_000;

/** Owns the session's agent: at most one program, started when it is needed. */
export function createAgentKeeper(options: AgentKeeperOptions): AgentKeeper {
  const { sessionId, projectPath, logger } = options;
  let current: LiveAgent | undefined;
  let program: AgentProcess | undefined;
  let starting = new AbortController();

  const start = async (runId: string, onProgress: (message: string) => void): Promise<LiveAgent> => {
    starting.abort();
    const { signal } = (starting = new AbortController());
    const launch = await options.resolve(onProgress, signal);
    // The run was stopped while the program was looked for or installed.
    if (signal.aborted)
      throw new KonuiError('AGENT_START_FAILED', `${launch.name} was not started: the run was stopped.`);
    onProgress(`Starting ${launch.name}`);
    const agent = startAgentProcess({
      launch,
      cwd: projectPath,
      sessionId,
      runId,
      environment: options.environment,
      onStderr: (text) => logger.info({ agent: launch.name, stderr: text.trimEnd() }, 'agent stderr'),
    });
    program = agent;
    const exited = agent.exited.then(async (exit) => {
      logger.info({ exit }, 'agent exited');
      // Killing Claude Code's adapter leaves its own child running and spending: end whatever is left.
      // Only of this agent: another one may have been started meanwhile.
      await endProcesses({ sessionId, runId, graceMs: 0 });
      agent.release();
      if (program === agent) program = undefined;
      if (current?.process === agent) current = undefined;
      return exit;
    });
    const connection = connectAgent({
      process: agent,
      version: options.version,
      onUpdate: options.onUpdate,
      onPermission: options.onPermission,
      onElicitation: options.onElicitation,
      onGarbage: (line) =>
        logger.warn({ line: line.slice(0, 500) }, 'agent printed a line that is no JSON-RPC message'),
    });
    const failedByExit = exited.then((exit) => Promise.reject(toExitError(launch, exit)));
    const opened = open({ ...options, connection, onProgress, name: launch.name }).catch((error: unknown) => {
      // A connection that broke says less than the exit that follows it.
      if (isRpcError(error) || error instanceof KonuiError) throw error;
      return failedByExit;
    });
    const ready = await Promise.race([opened, failedByExit, afterLimit(launch.name)]);
    const live: LiveAgent = { ...ready, name: launch.name, connection, process: agent, exited };
    current = live;
    void exited.then((exit) => options.onExit(exit));
    return live;
  };

  const end = async (graceMs: number): Promise<void> => {
    starting.abort();
    const agent = program;
    current = undefined;
    program = undefined;
    await endProcesses({ sessionId, graceMs });
    agent?.release();
    if (agent !== undefined) await agent.exited;
  };

  return {
    get current() {
      return current;
    },
    async ensure(runId, onProgress) {
      if (current !== undefined) return current;
      try {
        return await start(runId, onProgress);
      } catch (error) {
        await end(500);
        throw error instanceof KonuiError ? error : toStartError(error);
      }
    },
    end,
    setPaused(isPaused) {
      if (isPaused) program?.stdout.pause();
      else program?.stdout.resume();
    },
  };
}

interface OpenOptions extends AgentKeeperOptions {
  readonly connection: AgentConnection;
  readonly name: string;
  readonly onProgress: (message: string) => void;
}

/** `initialize`, then the conversation: resumed where the agent can, loaded else, new where there was none. */
async function open(options: OpenOptions): Promise<{ agentSessionId: string; capabilities: AgentCapabilities }> {
  const { connection, projectPath, record, name } = options;
  const capabilities = await connection.initialize();
  const earlier = record.read()?.agentSessionId;
  if (earlier !== undefined) {
    const isRestored = await restore({ ...options, capabilities, earlier });
    if (isRestored) return { agentSessionId: earlier, capabilities };
    options.onContextLost(`${name} could not restore its side of this conversation and does not remember it.`);
  }
  const agentSessionId = await connection.newSession(projectPath);
  record.write(agentSessionId);
  return { agentSessionId, capabilities };
}

async function restore(options: OpenOptions & { capabilities: AgentCapabilities; earlier: string }): Promise<boolean> {
  const { connection, capabilities, earlier, projectPath, logger } = options;
  if (!capabilities.canResume && !capabilities.canLoad) return false;
  try {
    if (capabilities.canResume) await connection.resumeSession(earlier, projectPath);
    else await connection.loadSession(earlier, projectPath);
    return true;
  } catch (error) {
    const failure = fromRpcError(error);
    // Without a sign-in a new session would fail as well: that is what the person must hear.
    if (failure.code === 'AGENT_AUTH_REQUIRED') throw error;
    logger.warn({ failure }, 'agent could not restore its session');
    return false;
  }
}

function afterLimit(name: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(new KonuiError('AGENT_START_FAILED', `${name} did not become ready within ${START_LIMIT_MS / 1000} s.`)),
      START_LIMIT_MS,
    );
    timer.unref();
  });
}

/** 127 is the shell's "command not found" (POSIX, 2.8.2). */
function toExitError(launch: ResolvedLaunch, exit: AgentExit): KonuiError {
  const words = exit.lastWords === '' ? '' : ` It said: ${exit.lastWords}`;
  if (exit.code === 127) {
    return new KonuiError(
      'AGENT_NOT_INSTALLED',
      `The command "${launch.command}" of ${launch.name} was not found. Install it, or change it in agents.json.${words}`,
    );
  }
  return new KonuiError(
    'AGENT_START_FAILED',
    `${launch.name} exited with code ${exit.code} before it was ready.${words}`,
  );
}

function toStartError(error: unknown): KonuiError {
  const { code, message } = fromRpcError(error);
  return new KonuiError(code === 'AGENT_ERROR' ? 'AGENT_START_FAILED' : code, message, { cause: error });
}
