import { isAbsolute } from 'node:path';
import {
  agent,
  methods,
  PROTOCOL_VERSION,
  RequestError,
  type AgentApp,
  type AgentContext,
  type AvailableCommand,
  type PromptRequest,
  type PromptResponse,
} from '@agentclientprotocol/sdk';
import type { AgentProcess } from './acts/for-testing.ts';
import { acknowledgeAttachments } from './acts/images.ts';
import type { SlashCommand } from './act.ts';
import { chooseAct } from './choose-act.ts';
import { createCommands } from './commands.ts';
import type { DemoAccount } from './demo-account.ts';
import type { DemoSession } from './demo-session.ts';
import type { DemoSessions } from './demo-sessions.ts';
import { isMode, parseSetModel, setConfigOption, toConfigOptions, toModels, toModes } from './options.ts';
import { Turn } from './turn.ts';

export interface DemoWorld extends AgentProcess {
  readonly sessions: DemoSessions;
  readonly account: DemoAccount;
  /** For the commands that it runs. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** An agent that shows what a console does with one: all it does is real, except that nothing thinks. */
export function createDemoAgent(world: DemoWorld): AgentApp {
  const { sessions, account, report } = world;
  const commands = createCommands(world);
  const announce = (client: AgentContext, { sessionId }: DemoSession): void => {
    // After the answer to this request: before it the client does not know the session.
    setImmediate(() => {
      const update = {
        sessionUpdate: 'available_commands_update' as const,
        availableCommands: commands.map(toAvailable),
      };
      client.notify(methods.client.session.update, { sessionId, update }).catch(report);
    });
  };
  const require = ({ sessionId }: { sessionId: string }): DemoSession => {
    const session = sessions.get(sessionId);
    if (!session) throw RequestError.resourceNotFound(sessionId);
    return session;
  };
  const reopen = async (client: AgentContext, { sessionId, cwd }: { sessionId: string; cwd: string }) => {
    const session = await sessions.reopen(sessionId, requireAbsolute(cwd));
    if (!session) throw RequestError.resourceNotFound(sessionId);
    announce(client, session);
    return session;
  };

  return agent({ name: 'konui-demo' })
    .onRequest(methods.agent.initialize, () => ({
      protocolVersion: PROTOCOL_VERSION,
      agentInfo: { name: 'konui-demo', title: 'Konui demo agent', version: '1.0.0' },
      agentCapabilities: {
        loadSession: true,
        promptCapabilities: { image: true, embeddedContext: true },
        sessionCapabilities: { resume: {} },
      },
      authMethods: account.methods,
    }))
    .onRequest(methods.agent.authenticate, async ({ params }) => {
      await account.signIn(params.methodId);
      return {};
    })
    .onRequest(methods.agent.session.new, async ({ params, client }) => {
      account.require();
      const session = await sessions.create(requireAbsolute(params.cwd));
      announce(client, session);
      return { sessionId: session.sessionId, ...toOffer(session) };
    })
    .onRequest(methods.agent.session.load, async ({ params, client }) => {
      const session = await reopen(client, params);
      await replay(session, client);
      return toOffer(session);
    })
    .onRequest(methods.agent.session.resume, async ({ params, client }) => {
      return toOffer(await reopen(client, params));
    })
    .onRequest(methods.agent.session.setMode, ({ params }) => {
      if (!isMode(params.modeId)) throw RequestError.invalidParams(params, `there is no mode ${params.modeId}`);
      require(params).choices.modeId = params.modeId;
      return {};
    })
    .onRequest('session/set_model', parseSetModel, ({ params }) => {
      require(params).choices.modelId = params.modelId;
      return {};
    })
    .onRequest(methods.agent.session.setConfigOption, ({ params }) => {
      const { choices } = require(params);
      if (!setConfigOption(choices, params.configId, params.value)) {
        throw RequestError.invalidParams(params, `"${params.configId}" cannot be "${params.value}"`);
      }
      return { configOptions: toConfigOptions(choices) };
    })
    .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
      const session = require(params);
      return session.inTurn((signal) => answer({ params, client, session, signal, commands, world }));
    })
    .onNotification(methods.agent.session.cancel, ({ params }) => sessions.get(params.sessionId)?.stop());
}

interface Asked {
  params: PromptRequest;
  client: AgentContext;
  session: DemoSession;
  signal: AbortSignal;
  commands: readonly SlashCommand[];
  world: DemoWorld;
}

async function answer({ params, client, session, signal, commands, world }: Asked): Promise<PromptResponse> {
  const text = params.prompt.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
  const turn = new Turn({ session, client, signal, prompt: params.prompt, env: world.env });
  if (session.history.length === 0) {
    const title = `Demo: ${text.trim().split('\n')[0]?.slice(0, 60) ?? ''}`;
    await turn.send({ sessionUpdate: 'session_info_update', title });
  }
  session.history.push({ role: 'user', text });
  await world.sessions.save(session);
  try {
    signal.throwIfAborted();
    await acknowledgeAttachments(turn);
    const response = await chooseAct(text, commands)(turn, '');
    await turn.sendUsage();
    return response ?? { stopReason: 'end_turn' };
  } catch (error) {
    if (isAbort(error)) return { stopReason: 'cancelled' };
    // The SDK (2.4.0) hides the message of any other error.
    throw error instanceof RequestError ? error : new RequestError(-32603, toMessage(error));
  } finally {
    session.history.push({ role: 'agent', text: turn.said });
    await world.sessions.save(session);
  }
}

const toOffer = ({ choices }: DemoSession) => ({
  modes: toModes(choices),
  models: toModels(choices),
  configOptions: toConfigOptions(choices),
});

const toMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

async function replay({ sessionId, history }: DemoSession, client: AgentContext): Promise<void> {
  for (const { role, text } of history) {
    const sessionUpdate = role === 'user' ? ('user_message_chunk' as const) : ('agent_message_chunk' as const);
    const update = { sessionUpdate, content: { type: 'text' as const, text }, messageId: crypto.randomUUID() };
    await client.notify(methods.client.session.update, { sessionId, update });
  }
}

function requireAbsolute(cwd: string): string {
  if (!isAbsolute(cwd)) throw RequestError.invalidParams({ cwd }, 'cwd must be an absolute path');
  return cwd;
}

const toAvailable = ({ name, description, hint, isForTesting }: SlashCommand): AvailableCommand => ({
  name,
  description: isForTesting ? `For testing: ${description}` : description,
  ...(hint === undefined ? {} : { input: { hint } }),
});
