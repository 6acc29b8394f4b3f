import { client, methods, PROTOCOL_VERSION, type ClientConnection } from '@agentclientprotocol/sdk';
import { isRecord, KonuiError } from '@konui/protocol';
import { readFile, writeFile } from 'node:fs/promises';
import { createAcpStream } from './acp-stream.ts';
import type { AgentProcess } from './agent-process.ts';
import type { AgentTools } from './agent-tools.ts';
import { FAILURE_CAPABILITY } from './session-failure.ts';

/** What an agent asks before it acts, as it came from the wire. */
export interface PermissionQuestion {
  readonly toolCall: { readonly toolCallId: string; readonly [field: string]: unknown };
  readonly options: readonly { readonly optionId: string; readonly name: string; readonly kind: string }[];
}

/** ACP `RequestPermissionOutcome`. */
export type PermissionOutcome = { outcome: 'selected'; optionId: string } | { outcome: 'cancelled' };

/** A form that the agent wants filled in (ACP `elicitation/create`, mode `form`). */
export interface ElicitationQuestion {
  readonly message: string;
  readonly requestedSchema: Record<string, unknown>;
  readonly toolCallId?: string;
}

/** ACP `CreateElicitationResponse`. */
export type ElicitationOutcome =
  | { action: 'accept'; content: Readonly<Record<string, string | number | boolean | string[]>> }
  | { action: 'decline' | 'cancel' };

export interface AgentCapabilities {
  readonly canLoad: boolean;
  readonly canResume: boolean;
  /** ACP `promptCapabilities`: `{image, audio, embeddedContext}`. */
  readonly prompt: Fields;
  readonly agentName: string | undefined;
  readonly agentVersion: string | undefined;
  /** ACP `authMethods`, as they came. */
  readonly authMethods: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** An agent's answer to `session/prompt`, unparsed. */
export type PromptAnswer = Fields;

export interface AgentConnectionOptions {
  readonly process: AgentProcess;
  readonly version: string;
  readonly tools: AgentTools;
  readonly onUpdate: (update: Readonly<Record<string, unknown>>) => void;
  /** `signal` aborts when the agent takes its question back or the connection closes. */
  readonly onPermission: (question: PermissionQuestion, signal: AbortSignal) => Promise<PermissionOutcome>;
  readonly onElicitation: (question: ElicitationQuestion, signal: AbortSignal) => Promise<ElicitationOutcome>;
  readonly onGarbage: (line: string) => void;
}

/** The client side of ACP for one agent with one session. */
export interface AgentConnection {
  initialize(): Promise<AgentCapabilities>;
  /** Starts a conversation; `agentSessionId` is the agent's own id for it, `answer` all that it said. */
  newSession(cwd: string): Promise<{ agentSessionId: string; answer: Fields }>;
  resumeSession(agentSessionId: string, cwd: string): Promise<Fields>;
  /** Restores by replay; the replayed updates are dropped, since our own log has them. */
  loadSession(agentSessionId: string, cwd: string): Promise<Fields>;
  /** Any other request; resolves with its answer, unparsed. */
  request(method: string, params: Fields): Promise<Fields>;
  prompt(agentSessionId: string, blocks: readonly unknown[]): Promise<PromptAnswer>;
  cancel(agentSessionId: string): Promise<void>;
  close(): void;
}

/** Gemini CLI (0.61.0) replays after it has answered `session/load`: the replay is over when it falls silent. */
const REPLAY_SILENCE_MS = 300;
const REPLAY_LIMIT_MS = 5000;

export function connectAgent(options: AgentConnectionOptions): AgentConnection {
  const { process: agent, version, tools, onUpdate, onPermission, onElicitation, onGarbage } = options;
  let isReplaying = false;
  let lastReplayAt = 0;
  /** Methods of the requests that have no answer yet, by id: a second answer to one does not count. */
  const open = new Map<unknown, string>();
  /** Results as they came: the SDK's parsers (2.4.0) leave out what they do not know, such as models and `usage`. */
  const results = new Map<string, Fields>();
  let ownSessionId: string | undefined;

  const stream = createAcpStream({
    stdin: agent.stdin,
    stdout: agent.stdout,
    onUpdate: (sessionId, update) => {
      // Before the session is named, its first updates (Claude Code's commands) are on their way already.
      if (ownSessionId !== undefined && sessionId !== ownSessionId) {
        return onGarbage(`(an update for the unknown session ${sessionId})`);
      }
      if (!isReplaying) return onUpdate(update);
      lastReplayAt = performance.now();
      // What an agent offers (commands, modes) is no part of the conversation and is news after a restart.
      if (!isConversation(update['sessionUpdate'])) onUpdate(update);
    },
    onMessage: (message) => {
      const method = 'method' in message ? undefined : open.get(message['id']);
      if (method === undefined) return;
      open.delete(message['id']);
      if (isRecord(message['result'])) results.set(method, message['result']);
    },
    onSent: (message) => {
      if ('method' in message && 'id' in message) open.set(message.id, message.method);
    },
    onGarbage,
  });

  const connection: ClientConnection = client({ name: 'konui' })
    .onRequest(methods.client.session.requestPermission, parseQuestion, async (context) => ({
      outcome: await onPermission(context.params, context.signal),
    }))
    .onRequest(methods.client.elicitation.create, parseElicitation, (context) =>
      onElicitation(context.params, context.signal),
    )
    // OpenCode sends these undeclared. The agent may read and write as this user anyway.
    .onRequest(methods.client.fs.readTextFile, parsePath, async (context) => ({
      content: await readFile(context.params.path, 'utf8'),
    }))
    .onRequest(methods.client.fs.writeTextFile, parsePath, async (context) => {
      await writeFile(context.params.path, context.params.content);
      return {};
    })
    .connect(stream);
  const { agent: remote } = connection;

  /** Requests of one method go one after the other. Some agents answer with null, which is as good as nothing. */
  const request = async (method: string, params: Fields): Promise<Fields> => {
    results.delete(method);
    const parsed = await remote.request<unknown, unknown>(method, params);
    return results.get(method) ?? (isRecord(parsed) ? parsed : {});
  };

  return {
    request,
    async initialize() {
      const answer = await request(methods.agent.initialize, {
        protocolVersion: PROTOCOL_VERSION,
        clientInfo: { name: 'konui', title: 'Konui', version },
        clientCapabilities: {
          fs: { readTextFile: false, writeTextFile: false },
          terminal: false,
          // A sign-in in a terminal is the person's to start; where it can be, its command is told.
          auth: { terminal: true },
          session: { configOptions: { boolean: {} } },
          elicitation: { form: {} },
          _meta: { terminal_output: true, ...FAILURE_CAPABILITY },
        },
      });
      return toCapabilities(answer);
    },
    async newSession(cwd) {
      const answer = await request(methods.agent.session.new, { cwd, ...tools });
      const { sessionId } = answer;
      if (typeof sessionId !== 'string' || sessionId === '') throw malformed('session/new', 'it named no session');
      ownSessionId = sessionId;
      return { agentSessionId: sessionId, answer };
    },
    resumeSession(sessionId, cwd) {
      ownSessionId = sessionId;
      return request(methods.agent.session.resume, { sessionId, cwd, ...tools });
    },
    async loadSession(sessionId, cwd) {
      isReplaying = true;
      ownSessionId = sessionId;
      try {
        const answer = await request(methods.agent.session.load, { sessionId, cwd, ...tools });
        const endAt = performance.now() + REPLAY_LIMIT_MS;
        lastReplayAt = performance.now();
        while (performance.now() < Math.min(endAt, lastReplayAt + REPLAY_SILENCE_MS)) {
          await new Promise((resolve) => setTimeout(resolve, REPLAY_SILENCE_MS / 4));
        }
        return answer;
      } finally {
        isReplaying = false;
      }
    },
    prompt: (sessionId, blocks) => request(methods.agent.session.prompt, { sessionId, prompt: blocks }),
    async cancel(sessionId) {
      await remote.notify(methods.agent.session.cancel, { sessionId });
    },
    close: () => connection.close(),
  };
}

const CONVERSATION: ReadonlySet<unknown> = new Set([
  'agent_message_chunk',
  'agent_thought_chunk',
  'user_message_chunk',
  'tool_call',
  'tool_call_update',
  'plan',
  'usage_update',
]);

function isConversation(kind: unknown): boolean {
  return CONVERSATION.has(kind);
}

function toCapabilities(answer: unknown): AgentCapabilities {
  const protocolVersion = isRecord(answer) ? answer['protocolVersion'] : undefined;
  if (!isRecord(answer) || protocolVersion !== PROTOCOL_VERSION) {
    throw malformed(
      'initialize',
      `Konui speaks version ${PROTOCOL_VERSION} of ACP, the agent ${JSON.stringify(protocolVersion)}`,
    );
  }
  const capabilities = isRecord(answer['agentCapabilities']) ? answer['agentCapabilities'] : {};
  const session = isRecord(capabilities['sessionCapabilities']) ? capabilities['sessionCapabilities'] : {};
  const prompt = isRecord(capabilities['promptCapabilities']) ? capabilities['promptCapabilities'] : {};
  const info = isRecord(answer['agentInfo']) ? answer['agentInfo'] : {};
  return {
    canLoad: capabilities['loadSession'] === true,
    canResume: isRecord(session['resume']),
    prompt,
    agentName: toText(info['title']) ?? toText(info['name']),
    agentVersion: toText(info['version']),
    authMethods: answer['authMethods'],
  };
}

function malformed(method: string, why: string): KonuiError {
  return new KonuiError('AGENT_PROTOCOL', `The agent's answer to ${method} cannot be used: ${why}.`);
}

function parseQuestion(params: unknown): PermissionQuestion {
  if (!isRecord(params) || !isRecord(params['toolCall']) || !Array.isArray(params['options'])) {
    throw new Error('session/request_permission needs toolCall and options');
  }
  const { toolCallId } = params['toolCall'];
  const options = params['options'].flatMap((option: unknown) => {
    if (!isRecord(option) || typeof option['optionId'] !== 'string') return [];
    const { optionId, name, kind } = option;
    return [{ ...option, optionId, name: toText(name) ?? optionId, kind: toText(kind) ?? '' }];
  });
  // Nobody could answer it; the agent hears that at once instead of waiting for ever.
  if (options.length === 0) throw new Error('session/request_permission offers no option');
  return { toolCall: { ...params['toolCall'], toolCallId: toText(toolCallId) ?? '' }, options };
}

/** Only forms are declared, so a URL is refused with an error that says so. */
function parseElicitation(params: unknown): ElicitationQuestion {
  if (!isRecord(params) || !isRecord(params['requestedSchema'])) {
    throw new Error('elicitation/create needs a requestedSchema: only the mode "form" is supported');
  }
  const toolCallId = toText(params['toolCallId']);
  return {
    message: toText(params['message']) ?? '',
    requestedSchema: params['requestedSchema'],
    ...(toolCallId === undefined ? {} : { toolCallId }),
  };
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parsePath(params: unknown): { path: string; content: string } {
  if (!isRecord(params) || typeof params['path'] !== 'string') throw new Error('needs a path');
  return { path: params['path'], content: typeof params['content'] === 'string' ? params['content'] : '' };
}
