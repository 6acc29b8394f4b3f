import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { chooseTurn, type FailureCounts } from './choose-turn.ts';
import { anthropic } from './dialects/anthropic.ts';
import type { Dialect } from './dialects/dialect.ts';
import { gemini } from './dialects/gemini.ts';
import { openAiChat } from './dialects/openai-chat.ts';
import { openAiResponses } from './dialects/openai-responses.ts';
import { Gates } from './gates.ts';
import { resolveTool } from './logical-tools.ts';
import type { ModelRequest } from './model-request.ts';
import { monotonicUs } from './monotonic-clock.ts';
import { playTurn } from './play-turn.ts';
import type { Turn } from './scenario.ts';

const dialects: readonly Dialect[] = [anthropic, openAiResponses, openAiChat, gemini];

/** What the model was asked and how it answered; times in microseconds of `monotonicUs`. */
export type ModelExchange = {
  method: string;
  path: string;
  startedAtUs: number;
  headers: IncomingMessage['headers'];
  body: unknown;
  scenario?: string;
  turn?: number;
  tools?: readonly string[];
  status?: number;
  /** Who ended it: `agent` is a connection that the agent closed before the answer was complete. */
  endedBy?: 'model' | 'agent';
  endedAtUs?: number;
};

export type FakeModel = {
  /** Without a path: agents add `/v1/messages` and the like themselves. */
  url: string;
  /** All exchanges so far, oldest first. */
  requests: readonly ModelExchange[];
  /** Lets a `[[gate {"gate": "…"}]]` go on. */
  openGate(gate: string): void;
  /** Ends all answers and stops listening. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * Starts a model's API on a free port of 127.0.0.1: Anthropic Messages, OpenAI Responses, OpenAI chat completions
 * and Gemini. A marker in the prompt chooses the answer: `[[hello]]`, `[[edit {"path": "/abs/file"}]]`; see `scenarios`.
 */
export async function startFakeModel(options: { port?: number } = {}): Promise<FakeModel> {
  const requests: ModelExchange[] = [];
  const world: World = { counts: new Map(), gates: new Gates() };
  const server = createServer((request, response) => {
    handle(request, response, requests, world).catch((error: unknown) => refuse(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake model has no port');
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    openGate: (gate) => world.gates.open(gate),
    close,
    [Symbol.asyncDispose]: close,
  };
}

type World = { counts: FailureCounts; gates: Gates };

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  requests: ModelExchange[],
  world: World,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const { method = '', headers } = request;
  const exchange: ModelExchange = { method, path, headers, startedAtUs: monotonicUs(), body: undefined };
  requests.push(exchange);
  const gone = new AbortController();
  response.once('close', () => {
    exchange.endedBy ??= 'agent';
    exchange.endedAtUs = monotonicUs();
    gone.abort();
  });
  exchange.body = parseJson(await readText(request));

  const dialect = method === 'POST' ? dialects.find((each) => each.matches(path)) : undefined;
  if (!dialect) return sendJson(response, exchange, ...answerBeside(path, exchange.body));
  try {
    await answer(dialect, response, exchange, world, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

async function answer(
  dialect: Dialect,
  response: ServerResponse,
  exchange: ModelExchange,
  { counts, gates }: World,
  signal: AbortSignal,
): Promise<void> {
  const request = dialect.parse(exchange.body, exchange.path);
  const { scenario, turn, steps } = chooseTurn(request, counts);
  Object.assign(exchange, { scenario, turn, tools: request.tools.map((tool) => tool.name) });

  const [first] = steps;
  if (first?.do === 'fail') {
    const { status, body, headers } = dialect.failure(first.failure, first.retryAfterSeconds);
    return sendJson(response, exchange, status, body, headers);
  }
  if (!request.isStreaming) return sendJson(response, exchange, 200, dialect.whole(request, inOnePiece(request, steps)));

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

function inOnePiece(request: ModelRequest, steps: Turn): { text: string; calls: ReturnType<typeof resolveTool>[] } {
  return {
    text: steps.map((step) => (step.do === 'text' || step.do === 'type' ? step.text : '')).join(''),
    calls: steps.flatMap((step) => (step.do === 'tool' ? [resolveTool(request, step.tool, step.args)] : [])),
  };
}

/** What agents ask beside the conversation: how many tokens something has, and which models there are. */
function answerBeside(path: string, body: unknown): [status: number, body: object] {
  const tokens = Math.ceil(JSON.stringify(body ?? '').length / 4);
  if (path.endsWith('/messages/count_tokens')) return [200, { input_tokens: tokens }];
  if (path.endsWith(':countTokens')) return [200, { totalTokens: tokens }];
  if (path.endsWith('/models')) {
    const model = { id: 'fake-model', object: 'model', type: 'model', display_name: 'Fake Model', owned_by: 'fake' };
    return [200, { object: 'list', has_more: false, data: [model], models: [] }];
  }
  return [404, { error: { type: 'not_found_error', message: `the fake model has no ${path}` } }];
}

function sendJson(
  response: ServerResponse,
  exchange: ModelExchange,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  exchange.status = status;
  exchange.endedBy = 'model';
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A mistake in a scenario or an unknown request: said to the agent, which shows it, so that the test sees it. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const message = `fake model: ${error instanceof Error ? error.message : String(error)}`;
  response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}
