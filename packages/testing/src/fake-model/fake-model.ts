import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerExchange } from './answer-exchange.ts';
import type { FailureCounts } from './choose-turn.ts';
import { Gates } from './gates.ts';
import type { ModelExchange } from './model-exchange.ts';
import { monotonicUs } from './monotonic-clock.ts';

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
  const counts: FailureCounts = new Map();
  const gates = new Gates();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
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
    try {
      exchange.body = parseJson(await readText(request));
      await answerExchange({ exchange, response, signal: gone.signal, counts, gates });
    } catch (error) {
      if (!gone.signal.aborted) refuse(response, error);
    }
  };

  const server = createServer((request, response) => void handle(request, response));
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
    openGate: (gate) => gates.open(gate),
    close,
    [Symbol.asyncDispose]: close,
  };
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

const parseJson = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));
