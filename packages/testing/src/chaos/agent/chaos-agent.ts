import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { toMark } from './agent-record.ts';
import type { AgentWire } from './agent-wire.ts';
import { type AgentStep, parsePromptText } from './agent-step.ts';

type Update = { readonly sessionUpdate: string; readonly [field: string]: unknown };

export interface ChaosAgentOptions {
  /** Eight hexadecimal digits that no other process of the agent has. */
  readonly instance: string;
  readonly wire: AgentWire;
  readonly exit: (code: number) => never;
}

/**
 * An ACP agent that does what its prompt says and writes all of it down first. It remembers nothing of its session,
 * and takes up any. Without the ACP SDK, which takes longer to load than the whole agent to start.
 */
export class ChaosAgent {
  readonly #options: ChaosAgentOptions;
  readonly #commands = new Set<ChildProcess>();
  #turn: AbortController | undefined;
  #ignoresStop = false;
  #index = 0;

  constructor(options: ChaosAgentOptions) {
    this.#options = options;
    options.wire.record({ type: 'started', pid: process.pid });
  }

  async answer(method: string, params: Readonly<Record<string, unknown>>): Promise<object> {
    switch (method) {
      case 'initialize':
        return {
          protocolVersion: 1,
          agentInfo: { name: 'chaos', title: 'Chaos', version: '1.0.0' },
          agentCapabilities: { loadSession: true, sessionCapabilities: { resume: {} } },
        };
      case 'session/new':
        return { sessionId: crypto.randomUUID() };
      case 'session/load':
      case 'session/resume':
        return {};
      case 'session/prompt':
        return this.#perform(String(params['sessionId']), params['prompt']);
      default:
        throw new Error(`no method ${method}`);
    }
  }

  cancel(): void {
    this.#options.wire.record({ type: 'cancelled' });
    if (!this.#ignoresStop) this.#turn?.abort();
  }

  /** Commands run in sessions of their own and would outlive this process. */
  endCommands(): void {
    for (const { pid } of this.#commands) if (pid !== undefined) endGroup(pid);
  }

  async #perform(sessionId: string, prompt: unknown): Promise<object> {
    const { wire } = this.#options;
    const parsed = parsePromptText(textOf(prompt));
    if (parsed === undefined) throw new Error('the prompt is no script');
    const { promptId, steps } = parsed;
    wire.record({ type: 'prompt', promptId });
    const turn = new AbortController();
    this.#turn = turn;
    this.#ignoresStop = false;
    let stopReason = 'end_turn';
    let late = 0;
    try {
      for (const step of steps) {
        turn.signal.throwIfAborted();
        if (step.do === 'sayLate') late += step.count;
        else await this.#do(step, sessionId, turn.signal);
      }
    } catch (error) {
      if (!turn.signal.aborted) throw error;
      stopReason = 'cancelled';
    }
    wire.record({ type: 'answered', promptId, stopReason });
    if (late > 0) setImmediate(() => this.#say(sessionId, late));
    return { stopReason };
  }

  async #do(step: Exclude<AgentStep, { do: 'sayLate' }>, sessionId: string, signal: AbortSignal): Promise<void> {
    switch (step.do) {
      case 'say':
      case 'think': {
        const sessionUpdate = step.do === 'say' ? 'agent_message_chunk' : 'agent_thought_chunk';
        const messageId = crypto.randomUUID();
        for (let count = 0; count < step.count; count += 1) {
          const text = (mark: string) => mark + 'x'.repeat(step.length);
          this.#update(sessionId, (mark) => ({
            sessionUpdate,
            messageId,
            content: { type: 'text', text: text(mark) },
          }));
          // Also with 0 ms between them, a stop has to be heard.
          if (step.everyMs > 0 || count % 50 === 49) await delay(step.everyMs, undefined, { signal });
        }
        return;
      }
      case 'plan': {
        const entry = (content: string) => ({ content, priority: 'medium', status: 'pending' });
        this.#update(sessionId, (mark) => ({ sessionUpdate: 'plan', entries: [entry(mark), entry('then rest')] }));
        return;
      }
      case 'unknown':
        this.#update(sessionId, (mark) => ({
          sessionUpdate: 'chaos_news',
          text: mark,
          nested: { kind: 'a', seq: [1, null] },
        }));
        return;
      case 'command':
        return this.#runCommand(step, sessionId, signal);
      case 'leave':
        this.#spawn(60);
        return;
      case 'pause':
        await delay(step.ms, undefined, { signal });
        return;
      case 'crash':
        return this.#options.exit(step.code);
      case 'fail':
        throw new Error('the agent fails as it was told to');
      case 'ignoreStop':
        this.#ignoresStop = true;
    }
  }

  async #runCommand(step: { ms: number; asks: boolean }, sessionId: string, signal: AbortSignal): Promise<void> {
    const { wire } = this.#options;
    let toolCallId = '';
    const status = (value: string) =>
      this.#update(sessionId, (mark) => ({
        sessionUpdate: 'tool_call_update',
        toolCallId,
        status: value,
        title: mark,
      }));
    this.#update(sessionId, (mark) => {
      toolCallId = `call-${mark}`;
      return { sessionUpdate: 'tool_call', toolCallId, title: mark, kind: 'execute', status: 'pending' };
    });
    if (step.asks) {
      wire.record({ type: 'asked', toolCallId });
      const answer = await wire.ask(
        'session/request_permission',
        { sessionId, toolCall: { toolCallId }, options },
        signal,
      );
      const optionId = optionOf(answer);
      wire.record({ type: 'heard', toolCallId, optionId });
      if (optionId === null) signal.throwIfAborted();
      if (optionId !== 'once') {
        status('failed');
        return;
      }
    }
    status('in_progress');
    const command = this.#spawn(step.ms / 1000);
    await new Promise<void>((resolve) => {
      command.once('exit', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    if (signal.aborted && command.pid !== undefined) endGroup(command.pid);
    status(signal.aborted ? 'failed' : 'completed');
    signal.throwIfAborted();
  }

  #spawn(seconds: number): ChildProcess {
    const command = spawn('sleep', [String(seconds)], { detached: true, stdio: 'ignore' });
    this.#commands.add(command);
    command.once('exit', () => this.#commands.delete(command));
    command.once('error', () => this.#commands.delete(command));
    return command;
  }

  #say(sessionId: string, count: number): void {
    for (let at = 0; at < count; at += 1) {
      this.#update(sessionId, (text) => ({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } }));
    }
  }

  #update(sessionId: string, make: (mark: string) => Update): void {
    const { wire, instance } = this.#options;
    this.#index += 1;
    const update = make(toMark(instance, this.#index));
    wire.record({ type: 'update', index: this.#index, update });
    wire.notify('session/update', { sessionId, update });
  }
}

const options = [
  { optionId: 'once', name: 'Allow', kind: 'allow_once' },
  { optionId: 'no', name: 'Reject', kind: 'reject_once' },
];

function textOf(prompt: unknown): string {
  if (!Array.isArray(prompt)) return '';
  return prompt.map((block: { text?: unknown }) => (typeof block.text === 'string' ? block.text : '')).join('');
}

function optionOf(answer: Readonly<Record<string, unknown>>): string | null {
  const outcome = answer['outcome'] as { optionId?: unknown } | undefined;
  return typeof outcome?.optionId === 'string' ? outcome.optionId : null;
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It has just ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
