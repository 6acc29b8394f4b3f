// An ACP agent of the fewest lines: on the prompt `<every ms> <burst> <bursts> <kind> <bytes>` it writes `burst` updates
// of that kind each `every` ms, each stamped with the time of its writing.
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

interface Request {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId?: string; readonly prompt?: readonly { readonly text?: string }[] };
}

const sessionId = 'bench';
const PADDING = 'the quick brown fox jumps over the lazy dog while the build is running ';

const toLine = (message: object): string => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;

async function play(prompt: string): Promise<void> {
  const [everyMs = 1, burst = 1, bursts = 1] = prompt.split(' ').map(Number);
  const [, , , sessionUpdate = 'agent_message_chunk', byteLength = '0'] = prompt.split(' ');
  const padding = PADDING.repeat(Math.ceil(Number(byteLength) / PADDING.length)).slice(0, Number(byteLength));
  const start = performance.now();
  let written = 0;
  for (let tick = 0; tick < bursts;) {
    const due = Math.min(bursts, Math.floor((performance.now() - start) / everyMs) + 1);
    let lines = '';
    for (; tick < due; tick++) {
      for (let at = 0; at < burst; at++) {
        const text = `w${++written}@${process.hrtime.bigint() / 1000n}@ ${padding}`;
        lines += toLine({
          method: 'session/update',
          params: { sessionId, update: { sessionUpdate, content: { type: 'text', text } } },
        });
      }
    }
    process.stdout.write(lines);
    await delay(Math.max(0, start + tick * everyMs - performance.now()));
  }
}

async function answer({ method, params }: Request): Promise<object> {
  if (method === 'initialize') return { protocolVersion: 1, agentCapabilities: {}, authMethods: [] };
  if (method === 'session/new') return { sessionId };
  await play(params?.prompt?.[0]?.text ?? '');
  return { stopReason: 'end_turn' };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  if (request.id !== undefined) process.stdout.write(toLine({ id: request.id, result: await answer(request) }));
}
