import { setTimeout as delay } from 'node:timers/promises';
import {
  methods,
  type AgentContext,
  type ContentBlock,
  type CreateElicitationResponse,
  type ElicitationSchema,
  type PermissionOption,
  type SessionUpdate,
  type ToolCallUpdate,
} from '@agentclientprotocol/sdk';
import type { DemoSession } from './demo-session.ts';
import type { DemoChoices } from './options.ts';

/** Between two words: about as fast as a model writes, and slowly. */
const WORD_MS: ReadonlyMap<string, number> = new Map([
  ['brisk', 12],
  ['calm', 120],
]);
/** Roughly what a token is, for the usage that it shows. */
const CHARACTERS_PER_TOKEN = 4;
const CONTEXT_TOKENS = 200_000;
const DOLLARS_PER_TOKEN = 0.000_01;

export interface TurnParts {
  readonly session: DemoSession;
  readonly client: AgentContext;
  readonly signal: AbortSignal;
  readonly prompt: readonly ContentBlock[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What an act can do in a turn. What takes time rejects with an AbortError as soon as the person stops the turn. */
export class Turn {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly prompt: readonly ContentBlock[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly #session: DemoSession;
  readonly #client: AgentContext;
  #said = '';

  constructor({ session, client, signal, prompt, env }: TurnParts) {
    this.cwd = session.cwd;
    this.signal = signal;
    this.prompt = prompt;
    this.env = env;
    this.#session = session;
    this.#client = client;
  }

  /** What the person has chosen; an act may change the mode itself. */
  get choices(): DemoChoices {
    return this.#session.choices;
  }

  /** All that was said in this turn. */
  get said(): string {
    return this.#said;
  }

  /** Says a Markdown text word by word. */
  async say(markdown: string): Promise<void> {
    await this.#stream('agent_message_chunk', `${this.#said === '' ? '' : '\n\n'}${markdown}`);
  }

  async think(text: string): Promise<void> {
    await this.#stream('agent_thought_chunk', text);
  }

  /** Sends one piece of the answer at once. */
  async sayChunk(text: string, messageId?: string): Promise<void> {
    this.#said += text;
    await this.send({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text }, ...toId(messageId) });
  }

  async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.signal });
  }

  /** Sends an update, also after a stop: what was begun is to be closed. */
  async send(update: SessionUpdate): Promise<void> {
    const { sessionId } = this.#session;
    await this.#client.notify(methods.client.session.update, { sessionId, update });
  }

  /** Tells how much of its context is used, and what that would cost with a model. */
  async sendUsage(): Promise<void> {
    const characters = this.#session.history.reduce((sum, { text }) => sum + text.length, this.#said.length);
    const used = Math.min(CONTEXT_TOKENS, Math.ceil(characters / CHARACTERS_PER_TOKEN));
    const cost = { amount: Number((used * DOLLARS_PER_TOKEN).toFixed(6)), currency: 'USD' };
    await this.send({ sessionUpdate: 'usage_update', used, size: CONTEXT_TOKENS, cost });
  }

  /** Sends an update of a kind that ACP does not have. */
  async sendUnknown(update: { sessionUpdate: string; [field: string]: unknown }): Promise<void> {
    const method: string = methods.client.session.update;
    await this.#client.notify(method, { sessionId: this.#session.sessionId, update });
  }

  /** Asks the person; `subject` is what "always" allows for the rest of the session. */
  async isAllowed(toolCall: ToolCallUpdate, subject: string): Promise<boolean> {
    if (this.#session.allowed.has(subject)) return true;
    if (this.choices.modeId === 'code' && toolCall.kind === 'edit') return true;
    this.signal.throwIfAborted();
    const { sessionId } = this.#session;
    const asked = this.#client.request(methods.client.session.requestPermission, { sessionId, toolCall, options });
    const { outcome } = await orAborted(asked, this.signal);
    // The client's way to answer what is still open when the person stops the turn (ACP, cancellation).
    if (outcome.outcome === 'cancelled') throw new DOMException('the person stopped the turn', 'AbortError');
    if (outcome.optionId === 'always') this.#session.allowed.add(subject);
    return outcome.optionId !== 'reject';
  }

  /** Asks the person with a form; undefined where the person declines or takes the question back. */
  async ask(message: string, requestedSchema: ElicitationSchema): Promise<unknown> {
    this.signal.throwIfAborted();
    const { sessionId } = this.#session;
    const question = { mode: 'form' as const, sessionId, message, requestedSchema };
    const asked: Promise<CreateElicitationResponse> = this.#client.request(methods.client.elicitation.create, question);
    const answer = await orAborted(asked, this.signal);
    return answer.action === 'accept' && 'content' in answer ? answer.content : undefined;
  }

  async #stream(sessionUpdate: 'agent_message_chunk' | 'agent_thought_chunk', text: string): Promise<void> {
    const messageId = crypto.randomUUID();
    for (const word of text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) {
      await this.pause(WORD_MS.get(this.choices.modelId) ?? 0);
      if (sessionUpdate === 'agent_message_chunk') await this.sayChunk(word, messageId);
      else await this.send({ sessionUpdate, content: { type: 'text', text: word }, messageId });
    }
  }
}

const options: PermissionOption[] = [
  { optionId: 'once', name: 'Allow', kind: 'allow_once' },
  { optionId: 'always', name: 'Allow for this session', kind: 'allow_always' },
  { optionId: 'reject', name: 'Reject', kind: 'reject_once' },
];

const toId = (messageId: string | undefined): { messageId?: string } => (messageId === undefined ? {} : { messageId });

async function orAborted<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([result, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
