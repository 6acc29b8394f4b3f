import type { ServerResponse } from 'node:http';
import { chooseTurn, type FailureCounts } from './choose-turn.ts';
import { anthropic } from './dialects/anthropic.ts';
import type { Dialect, FailureResponse } from './dialects/dialect.ts';
import { gemini } from './dialects/gemini.ts';
import { openAiChat } from './dialects/openai-chat.ts';
import { openAiResponses } from './dialects/openai-responses.ts';
import type { Gates } from './gates.ts';
import { resolveTool, type ToolCall } from './logical-tools.ts';
import type { ModelExchange } from './model-exchange.ts';
import type { ModelRequest } from './model-request.ts';
import { playTurn } from './play-turn.ts';
import type { Turn } from './scenario.ts';

const dialects: readonly Dialect[] = [anthropic, openAiResponses, openAiChat, gemini];

export type Visit = {
  exchange: ModelExchange;
  response: ServerResponse;
  /** Aborted when the agent went away. */
  signal: AbortSignal;
  counts: FailureCounts;
  gates: Gates;
};

/** Answers one request in the dialect of its path; rejects when the scenario is wrong or the agent goes away. */
export async function answerExchange(visit: Visit): Promise<void> {
  const { method, path, body } = visit.exchange;
  const dialect = method === 'POST' ? dialects.find((each) => each.matches(path)) : undefined;
  if (!dialect) return sendJson(visit, answerBeside(path, body));

  const request = dialect.parse(body, path);
  const { scenario, turn, steps } = chooseTurn(request, visit.counts);
  Object.assign(visit.exchange, { scenario, turn, tools: request.tools.map((tool) => tool.name) });
  const [first] = steps;
  if (first?.do === 'fail') return sendJson(visit, dialect.failure(first.failure, first.retryAfterSeconds));
  if (request.isStreaming) return streamTurn(visit, { dialect, request, steps });
  sendJson(visit, { status: 200, body: dialect.whole(request, inOnePiece(request, steps)) });
}

async function streamTurn(
  { exchange, response, signal, gates }: Visit,
  { dialect, request, steps }: { dialect: Dialect; request: ModelRequest; steps: Turn },
): Promise<void> {
  exchange.status = 200;
  response.socket?.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const writer = dialect.write(request, (name, data) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    if (!signal.aborted) response.write(`${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`);
  });
  const untilOpen = (gate: string): Promise<void> => gates.untilOpen(gate, signal);
  const ending = await playTurn(steps, { request, writer, untilOpen, signal });
  if (ending === 'hanging') return;
  exchange.endedBy = 'model';
  if (ending === 'dropped') response.destroy();
  else response.end();
}

function inOnePiece(request: ModelRequest, steps: Turn): { text: string; calls: ToolCall[] } {
  return {
    text: steps.map((step) => (step.do === 'text' || step.do === 'type' ? step.text : '')).join(''),
    calls: steps.flatMap((step) => (step.do === 'tool' ? [resolveTool(request, step.tool, step.args)] : [])),
  };
}

/** What agents ask beside the conversation: how many tokens something has, and which models there are. */
function answerBeside(path: string, body: unknown): { status: number; body: object } {
  const tokens = Math.ceil(JSON.stringify(body ?? '').length / 4);
  if (path.endsWith('/messages/count_tokens')) return { status: 200, body: { input_tokens: tokens } };
  if (path.endsWith(':countTokens')) return { status: 200, body: { totalTokens: tokens } };
  if (path.endsWith('/models')) {
    const model = { id: 'fake-model', object: 'model', type: 'model', display_name: 'Fake Model', owned_by: 'fake' };
    return { status: 200, body: { object: 'list', has_more: false, data: [model], models: [] } };
  }
  return { status: 404, body: { error: { type: 'not_found_error', message: `the fake model has no ${path}` } } };
}

function sendJson({ exchange, response }: Visit, { status, body, headers = {} }: FailureResponse): void {
  exchange.status = status;
  exchange.endedBy = 'model';
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
