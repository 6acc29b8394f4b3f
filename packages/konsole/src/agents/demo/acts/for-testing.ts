import { spawn } from 'node:child_process';
import { RequestError } from '@agentclientprotocol/sdk';
import type { SlashCommand } from '../act.ts';
import type { Turn } from '../turn.ts';

/** What only a misbehaving agent would touch. */
export interface AgentProcess {
  readonly exit: (code: number) => void;
  /** Writes a line to stdout, past ACP. */
  readonly writeLine: (line: string) => void;
  readonly report: (problem: unknown) => void;
}

const LATE_MS = 50;
/** 16 × 16 pixels of one colour, as PNG. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAF0lEQVR4nGP4z8BAEiJN9aiGUQ1DSgMAkPn/Afnh+ngAAAAASUVORK5CYII=';
const LEFT_BEHIND_SECONDS = 600;

/** Ways in which real agents were seen to misbehave, on demand. */
export function createTestingCommands({ exit, writeLine, report }: AgentProcess): SlashCommand[] {
  const commands: SlashCommand[] = [
    { name: 'crash', description: 'Exit at once with code 3', act: async () => exit(3) },
    {
      name: 'garbage',
      description: 'Print a line that is no JSON',
      act: async (turn) => {
        writeLine('this line is no JSON');
        await turn.say('I printed a line that is no JSON.');
      },
    },
    {
      name: 'unknown',
      description: 'Send an update of a kind that ACP does not have',
      act: async (turn) => {
        await turn.sendUnknown({ sessionUpdate: 'konui_demo_unknown', detail: { answer: 42 } });
        await turn.say('I sent an update of an unknown kind.');
      },
    },
    {
      name: 'options',
      description: 'Say what is chosen of mode, model and options',
      act: async (turn) => turn.sayChunk(JSON.stringify(turn.choices)),
    },
    {
      name: 'mode',
      description: 'Change the mode without being asked, as agents do when a plan is approved',
      hint: 'mode',
      act: async (turn, argument) => {
        const currentModeId = argument.trim();
        turn.choices.modeId = currentModeId;
        await turn.send({ sessionUpdate: 'current_mode_update', currentModeId });
        await turn.say(`I changed to the mode ${currentModeId}.`);
      },
    },
    {
      name: 'picture',
      description: 'Show a picture in the answer and in the output of a tool',
      act: async (turn) => {
        const picture = { type: 'image' as const, mimeType: 'image/png', data: PICTURE };
        await turn.send({ sessionUpdate: 'agent_message_chunk', content: picture });
        const content = [{ type: 'content' as const, content: picture }];
        const call = { toolCallId: crypto.randomUUID(), title: 'Take a picture', status: 'completed' as const };
        await turn.send({ sessionUpdate: 'tool_call', ...call, kind: 'other', content });
      },
    },
    {
      name: 'hang',
      description: 'Never answer, and ignore a stop',
      act: async (turn) => {
        await turn.sayChunk('hanging ');
        return new Promise<never>(() => undefined);
      },
    },
    {
      name: 'late',
      description: `Work until stopped, then send a chunk ${LATE_MS} ms after the answer`,
      act: async (turn) => {
        const sendLate = (): void => {
          turn.sayChunk('(late)').catch(report);
        };
        turn.signal.addEventListener('abort', () => setTimeout(sendLate, LATE_MS), { once: true });
        await workUntilStopped(turn);
      },
    },
    {
      name: 'fail',
      description: 'Answer the prompt with an error',
      hint: 'message',
      act: async (_turn, message) => {
        throw new RequestError(-32603, message.trim() || 'The demo agent failed because it was told to.');
      },
    },
    {
      name: 'limit',
      description: 'Report a used-up quota, as Codex and Claude Code do',
      hint: 'seconds until it resets',
      act: async (_turn, argument) => ({ stopReason: 'end_turn', _meta: limitReached(toCount(argument, 0)) }),
    },
    {
      name: 'spawn',
      description: 'Leave a process in a session of its own, and work until stopped',
      act: async (turn) => {
        const options = { cwd: turn.cwd, env: turn.env, detached: true, stdio: 'ignore' } as const;
        const child = spawn('sleep', [String(LEFT_BEHIND_SECONDS)], options);
        child.once('error', report);
        child.unref();
        await turn.sayChunk(`started process ${child.pid} `);
        await workUntilStopped(turn);
      },
    },
    {
      name: 'flood',
      description: 'Send chunks as fast as possible',
      hint: 'how many',
      act: async (turn, argument) => {
        const messageId = crypto.randomUUID();
        const count = toCount(argument, 1000);
        for (let at = 1; at <= count && !turn.signal.aborted; at++) await turn.sayChunk(`w${at} `, messageId);
        turn.signal.throwIfAborted();
      },
    },
    {
      name: 'every',
      description: 'Send chunks at a rate, each with the time of its sending: @µs of the monotonic clock@',
      hint: 'milliseconds count',
      act: async (turn, argument) => {
        const [everyMs, count] = argument.trim().split(/\s+/);
        await sendStamped(turn, toCount(everyMs, 10), toCount(count, 100));
      },
    },
    {
      name: 'markdown',
      description: 'Write a long answer in Markdown, in pieces of five characters at a rate',
      hint: 'milliseconds count',
      act: async (turn, argument) => {
        const [everyMs, count] = argument.trim().split(/\s+/);
        await sendMarkdown(turn, Number.parseInt(everyMs ?? '5', 10), toCount(count, 1000));
      },
    },
    {
      name: 'big',
      description: 'Show the output of a tool of this size',
      hint: 'kilobytes',
      act: async (turn, argument) => {
        const text = 'konui demo line\n'.repeat(toCount(argument, 512) * 64);
        const content = [{ type: 'content' as const, content: { type: 'text' as const, text } }];
        const call = { toolCallId: crypto.randomUUID(), title: 'Something big', status: 'completed' as const, content };
        await turn.send({ sessionUpdate: 'tool_call', ...call });
      },
    },
  ];
  return commands.map((command) => ({ ...command, isForTesting: true }));
}

/** As observed from codex-acp 2.6.0 and claude-agent-acp 0.100.0, where the client declares `sessionFailure`. */
const limitReached = (resetsInSeconds: number) => ({
  jetbrains: {
    air: {
      version: 1,
      sessionFailure: {
        id: 'konui-demo:error',
        revision: 1,
        category: 'limit',
        severity: 'error',
        title: 'The demo quota is used up.',
        actions: [],
        ...(resetsInSeconds > 0 ? { resetsAt: Math.ceil(Date.now() / 1000) + resetsInSeconds } : {}),
      },
    },
  },
});

async function workUntilStopped(turn: Turn): Promise<never> {
  for (let at = 1; ; at++) {
    await turn.sayChunk(`tick${at} `);
    await turn.pause(100);
  }
}

async function sendStamped(turn: Turn, everyMs: number, count: number): Promise<void> {
  const messageId = crypto.randomUUID();
  const start = performance.now();
  for (let at = 1; at <= count; at++) {
    await turn.sayChunk(`w${at}@${process.hrtime.bigint() / 1000n}@ `, messageId);
    await turn.pause(Math.max(0, start + at * everyMs - performance.now()));
  }
}

const SECTION =
  '## A heading\n\nSome **bold** words, `code` and [a link](https://example.org/page).\n\n- one item\n- another one\n\n' +
  '```ts\nconst answer = 6 * 7;\nexport const half = answer / 2;\n```\n\n| a | b |\n|---|---|\n| one | two |\n\n';
const PIECE = 5;

/** 0 ms between two pieces: as fast as they can be sent. */
async function sendMarkdown(turn: Turn, everyMs: number, count: number): Promise<void> {
  const messageId = crypto.randomUUID();
  const text = SECTION.repeat(Math.ceil((count * PIECE) / SECTION.length));
  const start = performance.now();
  for (let at = 0; at < count; at++) {
    await turn.sayChunk(text.slice(at * PIECE, (at + 1) * PIECE), messageId);
    if (everyMs > 0) await turn.pause(Math.max(0, start + (at + 1) * everyMs - performance.now()));
    turn.signal.throwIfAborted();
  }
}

function toCount(text: string | undefined, fallback: number): number {
  const count = Number.parseInt(text ?? '', 10);
  return count > 0 ? count : fallback;
}
