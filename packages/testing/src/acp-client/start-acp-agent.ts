import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import {
  client,
  methods,
  ndJsonStream,
  PROTOCOL_VERSION,
  type AnyMessage,
  type ClientCapabilities,
  type ClientContext,
  type ContentBlock,
  type InitializeResponse,
  type PromptResponse,
  type RequestPermissionRequest,
  type RequestPermissionResponse,
  type Stream,
} from '@agentclientprotocol/sdk';
import { observeUpdate, textOf, type ObservedUpdate } from './observed-update.ts';

export type PermissionAnswer = (
  request: RequestPermissionRequest,
) => RequestPermissionResponse | Promise<RequestPermissionResponse>;

export type AcpAgent = {
  pid: number;
  initialized: InitializeResponse;
  /** Calls the agent by ACP method name. */
  context: ClientContext;
  /** All updates so far in their order, also of kinds that the SDK does not know. */
  updates: readonly ObservedUpdate[];
  permissions: readonly RequestPermissionRequest[];
  /** The text of all chunks of one kind, `agent_message_chunk` unless told. */
  text(kind?: string): string;
  /** Empties `updates` and `permissions`. */
  forget(): void;
  newSession(cwd: string): Promise<string>;
  prompt(sessionId: string, content: string | ContentBlock[]): Promise<PromptResponse>;
  cancel(sessionId: string): Promise<void>;
  /** Resolves as soon as `claim` holds; it is looked at again after every message. Rejects when the agent ends first. */
  until(claim: () => boolean): Promise<void>;
  /** Resolves with the exit code when the process ends, null when a signal ended it. */
  exited: Promise<number | null>;
  stderr(): string;
  /** Kills the agent's whole process group and waits for its end. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type AcpAgentOptions = {
  cwd: string;
  /** How permission requests are answered; default: allowed once. */
  answer?: PermissionAnswer;
  capabilities?: ClientCapabilities;
};

export const allowOnce: PermissionAnswer = (request) => choose(request, 'allow_once');
export const rejectOnce: PermissionAnswer = (request) => choose(request, 'reject_once');

/** Starts an ACP agent in a process group of its own and initializes it; a bare client without Konui, to know agents by. */
export async function startAcpAgent(
  launch: { command: string; args: readonly string[]; env: Record<string, string> },
  { cwd, answer = allowOnce, capabilities = {} }: AcpAgentOptions,
): Promise<AcpAgent> {
  const child = spawn(launch.command, launch.args, {
    cwd,
    env: launch.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${launch.command} has no process id`);

  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // Writing to an agent that has just ended is no failure of the test: its exit tells what happened.
  child.stdin.on('error', (error) => (stderr += `stdin: ${error.message}\n`));
  const updates: ObservedUpdate[] = [];
  const permissions: RequestPermissionRequest[] = [];
  const watchers = new Set<() => void>();
  const wake = (): void => watchers.forEach((watch) => watch());
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.once('exit', wake);

  // Playwright's types bring the DOM's streams, which differ from Node's in what their types allow.
  const output = Readable.toWeb(child.stdout) as unknown as ReadableStream<Uint8Array>;
  const stream = ndJsonStream(Writable.toWeb(child.stdin), output);
  const connection = client({ name: 'konui-test' })
    .onRequest(methods.client.session.requestPermission, ({ params }) => {
      permissions.push(params);
      wake();
      return answer(params);
    })
    .connect(
      observe(stream, (message) => {
        const update = observeUpdate(message);
        if (update) updates.push(update);
        wake();
      }),
    );
  const context = connection.agent;

  const until = async (claim: () => boolean): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const watch = (): void => {
      if (claim()) resolve();
      else if (child.exitCode !== null || child.signalCode !== null) reject(new Error(`the agent ended\n${stderr}`));
    };
    watchers.add(watch);
    watch();
    try {
      await promise;
    } finally {
      watchers.delete(watch);
    }
  };
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) killGroup(pid);
    await exited;
    killGroup(pid);
    connection.close();
  };

  try {
    const initialized = await context.request(methods.agent.initialize, {
      protocolVersion: PROTOCOL_VERSION,
      clientCapabilities: capabilities,
      clientInfo: { name: 'konui-test', version: '0.0.0' },
    });
    return {
      pid,
      initialized,
      context,
      updates,
      permissions,
      text: (kind) => textOf(updates, kind),
      forget: () => {
        updates.length = 0;
        permissions.length = 0;
      },
      newSession: async (folder) => {
        const session = await context.request(methods.agent.session.new, { cwd: folder, mcpServers: [] });
        return session.sessionId;
      },
      prompt: (sessionId, content) => {
        const prompt: ContentBlock[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
        return context.request(methods.agent.session.prompt, { sessionId, prompt });
      },
      cancel: (sessionId) => context.notify(methods.agent.session.cancel, { sessionId }),
      until,
      exited,
      stderr: () => stderr,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw new Error(`${launch.command} did not initialize\n${stderr}`, { cause: error });
  }
}

function choose(request: RequestPermissionRequest, kind: string): RequestPermissionResponse {
  const option = request.options.find((each) => each.kind === kind);
  if (!option) throw new Error(`no option of kind ${kind} among ${JSON.stringify(request.options)}`);
  return { outcome: { outcome: 'selected', optionId: option.optionId } };
}

/** Sees every message before the SDK does, which drops updates of unknown kinds. */
function observe(stream: Stream, see: (message: AnyMessage) => void): Stream {
  const tap = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      see(message);
      controller.enqueue(message);
    },
  });
  return { writable: stream.writable, readable: stream.readable.pipeThrough(tap) };
}

/** Also what the agent started; ESRCH: nobody is left. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
