import { type AgentRecord, KonuiError, type SessionOption, type SignIn } from '@konui/protocol';
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
import { type AgentOffer, toAgentOffer } from './agent-offer.ts';
import { startAgentProcess, type AgentExit, type AgentLaunch, type AgentProcess } from './agent-process.ts';
import type { AgentTools } from './agent-tools.ts';
import { endProcesses } from './end-processes.ts';
import { createLiveAgent, type LiveAgent } from './live-agent.ts';
import { restoreOptions, type RestoreOptions } from './restore-options.ts';
import { fromRpcError, isRpcError } from './session-failure.ts';
import { toSignIn } from './to-sign-in.ts';

export interface ResolvedLaunch extends AgentLaunch {
  readonly name: string;
  /** The agent's own sign-in, for a terminal. */
  readonly signInCommand?: readonly string[];
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
  /** What it is given beside its own tools, once the environment that it gets is known. */
  readonly tools: (startId: string, environment: NodeJS.ProcessEnv) => AgentTools;
  readonly record: { read(): AgentRecord | undefined; write(agentSessionId: string): void };
  /** What was chosen in this session, and what one that is new begins with. */
  readonly choices: (isNew: boolean) => Pick<RestoreOptions, 'chosen' | 'defaults'>;
  readonly onDefaultTaken: (option: SessionOption) => void;
  /** What the program does before it can answer. */
  readonly onProgress: (message: string) => void;
  /** The agent can be given prompts; `commandId` is that of the command which asked for it. */
  readonly onReady: (ready: ReadyAgent, commandId: string | undefined) => void;
  readonly onUpdate: (update: Readonly<Record<string, unknown>>) => void;
  readonly onPermission: (question: PermissionQuestion, signal: AbortSignal) => Promise<PermissionOutcome>;
  readonly onElicitation: (question: ElicitationQuestion, signal: AbortSignal) => Promise<ElicitationOutcome>;
  /** The agent's earlier conversation could not be restored; it begins anew. */
  readonly onContextLost: (message: string) => void;
  /** An agent that goes on without something that was chosen. */
  readonly onOptionLost: (message: string) => void;
  readonly onExit: (exit: AgentExit) => void;
}

export type ReadyAgent = Pick<LiveAgent, 'name' | 'capabilities' | 'offer'>;

export interface AgentKeeper {
  readonly current: LiveAgent | undefined;
  /** How a person signs in, as far as the last start showed it. */
  readonly signIn: SignIn | undefined;
  /**
   * Starts the agent unless it is there or starting. `startId` is a UUID that marks its processes: the run's, or one of
   * its own. Throws KonuiError AGENT_…; whatever was started is ended then.
   */
  ensure(startId: string, commandId?: string): Promise<LiveAgent>;
  /** Ends the agent and everything that it started. */
  end(graceMs: number): Promise<void>;
  /** Stops and resumes reading from the agent, while the log cannot take more. */
  setPaused(isPaused: boolean): void;
}

/** How long a program may take to answer `initialize` and to open a session (Gemini CLI took 1 s, OpenCode 1.4 s, cold). */
const START_LIMIT_MS = 90_000;

/** Owns the session's agent: at most one program, started when it is needed. */
export function createAgentKeeper(options: AgentKeeperOptions): AgentKeeper {
  const { sessionId, projectPath, logger, onProgress } = options;
  let current: LiveAgent | undefined;
  let program: AgentProcess | undefined;
  let begun: { readonly live: Promise<LiveAgent>; readonly stop: () => void } | undefined;
  let ending: Promise<unknown> = Promise.resolve();
  let signIn: SignIn | undefined;

  const start = async (startId: string, signal: AbortSignal, commandId: string | undefined): Promise<LiveAgent> => {
    await ending;
    const launch = await options.resolve(onProgress, signal);
    // Somebody wanted it to end while the program was looked for or installed.
    if (signal.aborted) throw new KonuiError('AGENT_START_FAILED', `${launch.name} was not started: it was stopped.`);
    onProgress(`Starting ${launch.name}`);
    const agent = startAgentProcess({
      launch,
      cwd: projectPath,
      sessionId,
      startId,
      environment: options.environment,
      onStderr: (text) => logger.info({ agent: launch.name, stderr: text.trimEnd() }, 'agent stderr'),
    });
    program = agent;
    const exited = agent.exited.then(async (exit) => {
      logger.info({ exit }, 'agent exited');
      // Killing Claude Code's adapter leaves its own child running and spending: end whatever is left.
      // Only of this agent: another one may have been started meanwhile.
      await endProcesses({ sessionId, startId, graceMs: 0 });
      agent.release();
      if (program === agent) program = undefined;
      if (current?.process === agent) current = undefined;
      return exit;
    });
    let own: LiveAgent | undefined;
    const onUpdate = (update: Readonly<Record<string, unknown>>): void => {
      own?.noteUpdate(update);
      options.onUpdate(update);
    };
    const connection = connectAgent({
      process: agent,
      version: options.version,
      tools: options.tools(startId, { ...options.environment, ...launch.env }),
      onUpdate,
      onPermission: options.onPermission,
      onElicitation: options.onElicitation,
      onGarbage: (line) =>
        logger.warn({ line: line.slice(0, 500) }, 'agent printed a line that is no JSON-RPC message'),
    });
    const prepare = async (): Promise<LiveAgent> => {
      const capabilities = await connection.initialize();
      signIn = toSignIn(capabilities.authMethods, launch);
      const opened = await open({ ...options, connection, capabilities, name: launch.name });
      own = createLiveAgent({
        ...opened,
        name: launch.name,
        connection,
        process: agent,
        exited,
        capabilities,
        onUpdate,
      });
      await restoreOptions(own, {
        ...options.choices(opened.isNew),
        onDefaultTaken: options.onDefaultTaken,
        onRefused: (option, error) =>
          options.onOptionLost(`${launch.name} did not take ${JSON.stringify(option)} again: ${error.message}`),
      });
      return own;
    };
    const failedByExit = exited.then((exit) => Promise.reject(toExitError(launch, exit)));
    const prepared = prepare().catch((error: unknown) => {
      // A connection that broke says less than the exit that follows it.
      if (isRpcError(error) || (error instanceof KonuiError && error.code !== 'AGENT_EXITED')) throw error;
      return failedByExit;
    });
    const live = await Promise.race([prepared, failedByExit, afterLimit(launch.name)]);
    if (signal.aborted) throw new KonuiError('AGENT_START_FAILED', `${launch.name} was stopped.`);
    current = live;
    options.onReady(live, commandId);
    void exited.then((exit) => options.onExit(exit));
    return live;
  };

  const begin = (startId: string, commandId: string | undefined): NonNullable<typeof begun> => {
    const stopping = new AbortController();
    const live = start(startId, stopping.signal, commandId).catch(async (error: unknown) => {
      const failed = program;
      // Only of this start: another one may have begun meanwhile.
      await endProcesses({ sessionId, startId, graceMs: 500 });
      if (!stopping.signal.aborted) failed?.release();
      throw error instanceof KonuiError ? error : toStartError(error);
    });
    const mine = { live, stop: () => stopping.abort() };
    const forget = (): void => {
      if (begun === mine) begun = undefined;
    };
    live.then(forget, forget);
    return mine;
  };

  return {
    get current() {
      return current;
    },
    get signIn() {
      return signIn;
    },
    async ensure(startId, commandId) {
      if (current !== undefined) return current;
      begun ??= begin(startId, commandId);
      return begun.live;
    },
    async end(graceMs) {
      begun?.stop();
      begun = undefined;
      const agent = program;
      current = undefined;
      program = undefined;
      const ended = endProcesses({ sessionId, graceMs }).then(async () => {
        agent?.release();
        if (agent !== undefined) await agent.exited;
      });
      // A start that follows waits, so that its processes are not taken for those that are being ended.
      ending = ended.catch(() => undefined);
      await ended;
    },
    setPaused(isPaused) {
      if (isPaused) program?.stdout.pause();
      else program?.stdout.resume();
    },
  };
}

interface OpenOptions extends Pick<AgentKeeperOptions, 'projectPath' | 'record' | 'onContextLost' | 'logger'> {
  readonly connection: AgentConnection;
  readonly capabilities: AgentCapabilities;
  readonly name: string;
}

interface OpenedSession {
  readonly agentSessionId: string;
  readonly offer: AgentOffer;
  /** The session never had a conversation with its agent. */
  readonly isNew: boolean;
}

/** The conversation: resumed where the agent can, loaded else, new where there was none. */
async function open(options: OpenOptions): Promise<OpenedSession> {
  const { connection, projectPath, record, name } = options;
  const earlier = record.read()?.agentSessionId;
  if (earlier !== undefined) {
    const answer = await restore(options, earlier);
    if (answer !== undefined) return { agentSessionId: earlier, offer: toAgentOffer(answer), isNew: false };
    options.onContextLost(`${name} could not restore its side of this conversation and does not remember it.`);
  }
  const { agentSessionId, answer } = await connection.newSession(projectPath);
  record.write(agentSessionId);
  return { agentSessionId, offer: toAgentOffer(answer), isNew: earlier === undefined };
}

/** The agent's answer; undefined where it cannot restore the session. */
async function restore(options: OpenOptions, earlier: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { connection, capabilities, projectPath, logger } = options;
  if (!capabilities.canResume && !capabilities.canLoad) return undefined;
  try {
    if (capabilities.canResume) return await connection.resumeSession(earlier, projectPath);
    return await connection.loadSession(earlier, projectPath);
  } catch (error) {
    const failure = fromRpcError(error);
    // Without a sign-in a new session would fail as well: that is what the person must hear.
    if (failure.code === 'AGENT_AUTH_REQUIRED') throw error;
    logger.warn({ failure }, 'agent could not restore its session');
    return undefined;
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
