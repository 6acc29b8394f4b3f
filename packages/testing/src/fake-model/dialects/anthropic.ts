// Anthropic Messages API: POST /v1/messages.
import { z } from 'zod';
import { countInputTokens, countTokens, type ConversationItem, type ModelRequest } from '../model-request.ts';
import type { ModelFailure } from '../scenario.ts';
import { argNamesOf, newId, retryAfterHeader, type AnswerWriter, type Dialect, type SendEvent } from './dialect.ts';

const Block = z.looseObject({ type: z.string(), text: z.string().optional(), content: z.unknown().optional() });
type Block = z.infer<typeof Block>;
const Content = z.union([z.string().transform((text): Block[] => [{ type: 'text', text }]), z.array(Block)]);
const Format = z.looseObject({ schema: z.unknown().optional() });
const Body = z.looseObject({
  model: z.string(),
  stream: z.boolean().default(false),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content: Content })),
  tools: z
    .array(
      z.looseObject({
        name: z.string(),
        input_schema: z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).optional(),
      }),
    )
    .default([]),
  output_format: Format.optional(),
  output_config: z.looseObject({ format: Format.optional() }).optional(),
});

const failures: Readonly<Record<ModelFailure, { status: number; type: string; message: string }>> = {
  rate_limit: { status: 429, type: 'rate_limit_error', message: 'This request would exceed your rate limit.' },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
  quota: {
    status: 400,
    type: 'invalid_request_error',
    message: 'Your credit balance is too low to access the Anthropic API.',
  },
  auth: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
  context: {
    status: 400,
    type: 'invalid_request_error',
    message: 'prompt is too long: 250000 tokens > 200000 maximum',
  },
  server: { status: 500, type: 'api_error', message: 'Internal server error' },
};

export const anthropic: Dialect = {
  name: 'anthropic',
  matches: (path) => path.endsWith('/v1/messages'),

  parse(body): ModelRequest {
    const { model, stream, messages, tools, output_format, output_config } = Body.parse(body);
    return {
      model,
      isStreaming: stream,
      items: messages.flatMap((message) => toItems(message.role, message.content)),
      tools: tools.map((tool) => ({ name: tool.name, argNames: argNamesOf(tool.input_schema) })),
      answerSchema: (output_config?.format ?? output_format)?.schema,
    };
  },

  write: (request, send) => writeMessage(request, send),

  whole: (request, { text, calls }) => ({
    id: newId('msg_'),
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: [
      ...(text ? [{ type: 'text', text }] : []),
      ...calls.map((call) => ({ type: 'tool_use', id: newId('toolu_'), name: call.name, input: call.args })),
    ],
    stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: countInputTokens(request), output_tokens: countTokens(text) },
  }),

  failure(failure, retryAfterSeconds) {
    const { status, type, message } = failures[failure];
    const requestId = newId('req_');
    return {
      status,
      headers: { 'request-id': requestId, ...retryAfterHeader(retryAfterSeconds) },
      body: { type: 'error', error: { type, message }, request_id: requestId },
    };
  },
};

function toItems(role: 'user' | 'assistant' | 'system', blocks: readonly Block[]): ConversationItem[] {
  if (role === 'system') return [];
  const results = blocks.filter((block) => block.type === 'tool_result');
  const rest = blocks.filter((block) => block.type !== 'tool_result');
  const items: ConversationItem[] = results.map((result) => ({ role: 'tool', text: textOf(result.content) }));
  if (rest.length === 0) return items;
  const text = textOf(rest);
  // Text beside tool results is a reminder and belongs to the turn, unless it has a marker: Claude Code puts the
  // prompt that follows a cancelled tool into the same message.
  const isReminder = results.length > 0 && !text.includes('[[');
  const images = rest.filter((block) => block.type === 'image').length;
  return [...items, { role: isReminder ? 'tool' : role, text, images }];
}

function textOf(content: unknown): string {
  const parsed = Content.safeParse(content);
  return parsed.success ? parsed.data.map((block) => block.text ?? '').join('\n') : '';
}

function writeMessage(request: ModelRequest, send: SendEvent): AnswerWriter {
  let index = -1;
  let openBlock: 'text' | 'thinking' | undefined;
  let outputTokens = 0;
  let hasCalledTool = false;
  const sendTyped = (type: string, data: object): void => send(type, { type, ...data });
  const closeBlock = (): void => {
    if (openBlock === 'thinking') {
      sendTyped('content_block_delta', { index, delta: { type: 'signature_delta', signature: 'ZmFrZQ==' } });
    }
    if (openBlock) sendTyped('content_block_stop', { index });
    openBlock = undefined;
  };
  const startBlock = (block: object): void => {
    closeBlock();
    index += 1;
    sendTyped('content_block_start', { index, content_block: block });
  };
  const sendDelta = (delta: object, counted: string): void => {
    outputTokens += countTokens(counted);
    sendTyped('content_block_delta', { index, delta });
  };

  sendTyped('message_start', {
    message: {
      id: newId('msg_'),
      type: 'message',
      role: 'assistant',
      model: request.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: {
        input_tokens: countInputTokens(request),
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 1,
      },
    },
  });
  return {
    text(text) {
      if (openBlock !== 'text') startBlock({ type: 'text', text: '' });
      openBlock = 'text';
      sendDelta({ type: 'text_delta', text }, text);
    },
    think(thinking) {
      if (openBlock !== 'thinking') startBlock({ type: 'thinking', thinking: '', signature: '' });
      openBlock = 'thinking';
      sendDelta({ type: 'thinking_delta', thinking }, thinking);
    },
    tool({ name, args }) {
      const json = JSON.stringify(args);
      startBlock({ type: 'tool_use', id: newId('toolu_'), name, input: {} });
      sendDelta({ type: 'input_json_delta', partial_json: json }, json);
      sendTyped('content_block_stop', { index });
      hasCalledTool = true;
    },
    end() {
      closeBlock();
      const delta = { stop_reason: hasCalledTool ? 'tool_use' : 'end_turn', stop_sequence: null };
      sendTyped('message_delta', { delta, usage: { output_tokens: outputTokens } });
      sendTyped('message_stop', {});
    },
    fail(failure) {
      const { type, message } = failures[failure];
      sendTyped('error', { error: { type, message } });
    },
  };
}
