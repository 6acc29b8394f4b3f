import { homedir } from 'node:os';
import { KonuiError, newId, SessionId, VERSION } from '@konui/protocol';
import { resolveAgent } from './agents/resolve-agent.ts';
import type { Machine } from './agents/machine.ts';
import { connectAgent } from './runner/agent/agent-connection.ts';
import { NO_TOOLS } from './runner/agent/agent-tools.ts';
import { startAgentProcess } from './runner/agent/agent-process.ts';
import { endProcesses } from './runner/agent/end-processes.ts';
import { fromRpcError, isRpcError } from './runner/agent/session-failure.ts';
import { toSignIn } from './runner/agent/to-sign-in.ts';

export interface AuthenticateOptions {
  readonly provider: string;
  readonly methodId: string;
  readonly machine: Machine;
  /** Default: 5 minutes, since a person may have to do something in a browser. */
  readonly limitMs?: number;
}

const LIMIT_MS = 5 * 60_000;

/**
 * Signs in to an agent by one of its own methods (ACP `authenticate`), in a process of it that lives for no longer.
 * Rejects with NOT_FOUND for a method that it does not have or that needs a terminal, else AGENT_ERROR with its words.
 */
export async function authenticateAgent(options: AuthenticateOptions): Promise<void> {
  const { provider, methodId, machine, limitMs = LIMIT_MS } = options;
  const launch = await resolveAgent(provider, machine);
  // The marker holds its processes together, as that of a session would.
  const sessionId = newId(SessionId);
  const process = startAgentProcess({
    launch,
    cwd: homedir(),
    sessionId,
    startId: newId(SessionId),
    environment: { ...machine.env },
    onStderr: () => undefined,
  });
  const connection = connectAgent({
    process,
    version: VERSION,
    tools: NO_TOOLS,
    onUpdate: () => undefined,
    onPermission: async () => ({ outcome: 'cancelled' }),
    onElicitation: async () => ({ action: 'cancel' }),
    onGarbage: () => undefined,
  });
  const authenticate = async (): Promise<void> => {
    const { authMethods } = await connection.initialize();
    const method = toSignIn(authMethods, launch).methods.find(({ id }) => id === methodId);
    if (method === undefined) throw new KonuiError('NOT_FOUND', `${launch.name} has no sign-in "${methodId}"`);
    if (method.command !== undefined) {
      throw new KonuiError('NOT_FOUND', `"${method.name}" is to be run in a terminal: ${method.command.join(' ')}`);
    }
    await connection.request('authenticate', { methodId });
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const detail = `${launch.name} did not finish its sign-in within ${limitMs / 1000} s.`;
    timer = setTimeout(() => reject(new KonuiError('AGENT_ERROR', detail)), limitMs);
  });
  const gone = process.exited.then(({ code, lastWords }) => {
    const words = lastWords === '' ? '' : ` It said: ${lastWords}`;
    return Promise.reject(new KonuiError('AGENT_ERROR', `${launch.name} exited with code ${code}.${words}`));
  });
  try {
    await Promise.race([authenticate(), late, gone]);
  } catch (error) {
    if (error instanceof KonuiError) throw error;
    const message = isRpcError(error) ? fromRpcError(error).message : `${launch.name} closed the connection.`;
    throw new KonuiError('AGENT_ERROR', message, { cause: error });
  } finally {
    clearTimeout(timer);
    gone.catch(() => undefined);
    connection.close();
    await endProcesses({ sessionId, graceMs: 500 });
    process.release();
  }
}
