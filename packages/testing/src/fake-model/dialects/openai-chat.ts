// OpenAI chat completions: POST /v1/chat/completions, which most other providers speak too.
import { z } from 'zod';
import type { ToolCall } from '../logical-tools.ts';
import { countInputTokens, countTokens, type ConversationItem, type ModelRequest } from '../model-request.ts';
import { argNamesOf, newId, type AnswerWriter, type Dialect, type SendEvent } from './dialect.ts';
import { openAiFailures, toOpenAiFailure } from './openai-failures.ts';

const Part = z.looseObject({ type: z.string(), text: z.string().optional() });
const Body = z.looseObject({
  model: z.string(),
  stream: z.boolean().default(false),
  messages: z.array(
    z.looseObject({
      role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
      content: z.union([z.string(), z.array(Part)]).nullish(),
    }),
  ),
  tools: z
    .array(
      z.looseObject({
        function: z.looseObject({
          name: z.string(),
          parameters: z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).optional(),
        }),
      }),
    )
    .default([]),
  response_format: z
    .looseObject({ json_schema: z.looseObject({ schema: z.unknown().optional() }).optional() })
    .optional(),
});
type Message = z.infer<typeof Body>['messages'][number];

export const openAiChat: Dialect = {
  name: 'openai-chat',
  matches: (path) => path.endsWith('/chat/completions'),

  parse(body): ModelRequest {
    const { model, stream, messages, tools, response_format } = Body.parse(body);
    return {
      model,
      isStreaming: stream,
      items: messages.flatMap(toItems),
      tools: tools.map((tool) => ({ name: tool.function.name, argNames: argNamesOf(tool.function.parameters) })),
      answerSchema: response_format?.json_schema?.schema,
    };
  },

  write: (request, send) => writeCompletion(request, send),

  whole: (request, { text, calls }) => ({
    id: newId('chatcmpl-'),
    object: 'chat.completion',
    created: nowSeconds(),
    model: request.model,
    choices: [
      {
        index: 0,
        finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
        message: { role: 'assistant', content: text, ...(calls.length > 0 ? { tool_calls: calls.map(toCall) } : {}) },
      },
    ],
    usage: usageOf(request, countTokens(text)),
  }),

  failure: toOpenAiFailure,
};

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

const toCall = ({ name, args }: ToolCall): object => ({
  id: newId('call_'),
  type: 'function',
  function: { name, arguments: JSON.stringify(args) },
});

function usageOf(request: ModelRequest, outputTokens: number): object {
  const inputTokens = countInputTokens(request);
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}

function toItems({ role, content }: Message): ConversationItem[] {
  if (role === 'system' || role === 'developer') return [];
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
  return [
    {
      role,
      text: parts.map((part) => part.text ?? '').join('\n'),
      images: parts.filter((part) => part.type === 'image_url').length,
    },
  ];
}

function writeCompletion(request: ModelRequest, send: SendEvent): AnswerWriter {
  const id = newId('chatcmpl-');
  const created = nowSeconds();
  let calls = 0;
  let outputTokens = 0;
  const sendChunk = (choices: object[], extra: object = {}): void =>
    send(undefined, { id, object: 'chat.completion.chunk', created, model: request.model, choices, ...extra });
  const sendDelta = (delta: object, counted: string): void => {
    outputTokens += countTokens(counted);
    sendChunk([{ index: 0, delta, logprobs: null, finish_reason: null }]);
  };

  sendDelta({ role: 'assistant', content: '' }, '');
  return {
    text: (content) => sendDelta({ content }, content),
    think: (reasoning_content) => sendDelta({ reasoning_content }, reasoning_content),
    tool(call) {
      sendDelta({ tool_calls: [{ index: calls, ...toCall(call) }] }, JSON.stringify(call.args));
      calls += 1;
    },
    end() {
      sendChunk([{ index: 0, delta: {}, logprobs: null, finish_reason: calls > 0 ? 'tool_calls' : 'stop' }]);
      sendChunk([], { usage: usageOf(request, outputTokens) });
      send(undefined, '[DONE]');
    },
    fail(failure) {
      const { type, code, message } = openAiFailures[failure];
      send(undefined, { error: { type, code, message } });
    },
  };
}
