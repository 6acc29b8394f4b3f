// Gemini API: POST /v1beta/models/<model>:streamGenerateContent?alt=sse and :generateContent.
import { z } from 'zod';
import { countInputTokens, countTokens, type ConversationItem, type ModelRequest } from '../model-request.ts';
import type { ModelFailure } from '../scenario.ts';
import { argNamesOf, type AnswerWriter, type Dialect, type SendEvent } from './dialect.ts';

const Part = z.looseObject({
  text: z.string().optional(),
  inlineData: z.unknown().optional(),
  functionResponse: z.looseObject({ response: z.looseObject({ output: z.string().optional() }).optional() }).optional(),
});
const Schema = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).optional();
const Body = z.looseObject({
  contents: z.array(z.looseObject({ role: z.string().default('user'), parts: z.array(Part).default([]) })),
  tools: z
    .array(
      z.looseObject({
        functionDeclarations: z
          .array(z.looseObject({ name: z.string(), parametersJsonSchema: Schema, parameters: Schema }))
          .default([]),
      }),
    )
    .default([]),
  generationConfig: z
    .looseObject({ responseJsonSchema: z.unknown().optional(), responseSchema: z.unknown().optional() })
    .optional(),
});
type Content = z.infer<typeof Body>['contents'][number];

const failures: Readonly<Record<ModelFailure, { code: number; status: string; message: string }>> = {
  rate_limit: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Resource has been exhausted (e.g. check quota).' },
  overloaded: { code: 503, status: 'UNAVAILABLE', message: 'The model is overloaded. Please try again later.' },
  quota: {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  auth: { code: 400, status: 'INVALID_ARGUMENT', message: 'API key not valid. Please pass a valid API key.' },
  context: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'The input token count exceeds the maximum number of tokens allowed.',
  },
  server: { code: 500, status: 'INTERNAL', message: 'An internal error has occurred.' },
};

export const gemini: Dialect = {
  name: 'gemini',
  matches: (path) => /:(stream)?generateContent$/i.test(path),

  parse(body, path): ModelRequest {
    const { contents, tools, generationConfig } = Body.parse(body);
    return {
      model: /models\/([^:]+)/.exec(path)?.[1] ?? '',
      isStreaming: /:stream/i.test(path),
      items: contents.flatMap(toItems),
      tools: tools
        .flatMap((tool) => tool.functionDeclarations)
        .map((tool) => ({ name: tool.name, argNames: argNamesOf(tool.parametersJsonSchema ?? tool.parameters) })),
      answerSchema: generationConfig?.responseJsonSchema ?? generationConfig?.responseSchema,
    };
  },

  write: (request, send) => writeContent(request, send),

  whole: (request, { text, calls }) => ({
    candidates: [
      {
        index: 0,
        finishReason: 'STOP',
        content: {
          role: 'model',
          parts: [...(text ? [{ text }] : []), ...calls.map(({ name, args }) => ({ functionCall: { name, args } }))],
        },
      },
    ],
    usageMetadata: usageOf(request, countTokens(text)),
  }),

  failure(failure, retryAfterSeconds) {
    const { code, status, message } = failures[failure];
    return { status: code, body: { error: { code, status, message, details: detailsOf(failure, retryAfterSeconds) } } };
  },
};

function usageOf(request: ModelRequest, outputTokens: number): object {
  const promptTokenCount = countInputTokens(request);
  return {
    promptTokenCount,
    candidatesTokenCount: outputTokens,
    totalTokenCount: promptTokenCount + outputTokens,
  };
}

/** Gemini CLI tells a lasting quota from a passing limit by these alone. */
function detailsOf(failure: ModelFailure, retryAfterSeconds = 1): object[] {
  if (failure === 'rate_limit') {
    return [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds}s` }];
  }
  if (failure !== 'quota') return [];
  const violation = {
    quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
    quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier',
  };
  return [{ '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [violation] }];
}

function toItems({ role, parts }: Content): ConversationItem[] {
  const results = parts.flatMap(({ functionResponse }) => (functionResponse ? [functionResponse.response] : []));
  const rest = parts.filter((part) => !part.functionResponse);
  const items: ConversationItem[] = results.map((response) => ({
    role: 'tool',
    text: response?.output ?? JSON.stringify(response ?? {}),
  }));
  if (rest.length === 0) return items;
  const text = rest.map((part) => part.text ?? '').join('\n');
  const isReminder = results.length > 0 && !text.includes('[[');
  const images = rest.filter((part) => part.inlineData !== undefined).length;
  return [...items, { role: isReminder ? 'tool' : role === 'model' ? 'assistant' : 'user', text, images }];
}

function writeContent(request: ModelRequest, send: SendEvent): AnswerWriter {
  let outputTokens = 0;
  const sendPart = (part: object, counted: string, finish: object = {}): void => {
    outputTokens += counted ? countTokens(counted) : 0;
    send(undefined, {
      candidates: [{ index: 0, content: { role: 'model', parts: [part] }, ...finish }],
      modelVersion: request.model,
      usageMetadata: usageOf(request, outputTokens),
    });
  };
  return {
    text: (text) => sendPart({ text }, text),
    think: (text) => sendPart({ text: `**Considering**\n${text}`, thought: true }, text),
    tool: ({ name, args }) => sendPart({ functionCall: { name, args } }, JSON.stringify(args)),
    end: () => sendPart({ text: '' }, '', { finishReason: 'STOP' }),
    fail: (failure) => send(undefined, { error: failures[failure] }),
  };
}
