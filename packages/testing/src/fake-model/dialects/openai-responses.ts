// OpenAI Responses API: POST /v1/responses, as Codex speaks it.
import { z } from 'zod';
import { countInputTokens, countTokens, type ConversationItem, type ModelRequest } from '../model-request.ts';
import { flattenTools, nestedTools, ResponsesTool } from './codex-tools.ts';
import { newId, type Dialect } from './dialect.ts';
import { toOpenAiFailure } from './openai-failures.ts';
import { writeResponse } from './responses-writer.ts';

const Part = z.looseObject({ type: z.string().optional(), text: z.string().optional() });
const Content = z.union([z.string().transform((text) => [{ type: 'input_text', text }]), z.array(Part)]);
const Item = z.looseObject({
  type: z.string().default('message'),
  role: z.string().optional(),
  content: z.unknown().optional(),
  output: z.unknown().optional(),
  tools: z.array(ResponsesTool).optional(),
});
type Item = z.infer<typeof Item>;
const Body = z.looseObject({
  model: z.string(),
  stream: z.boolean().default(false),
  input: z.union([
    z.string().transform((text): Item[] => [{ type: 'message', role: 'user', content: text }]),
    z.array(Item),
  ]),
  tools: z.array(ResponsesTool).default([]),
  text: z.looseObject({ format: z.looseObject({ schema: z.unknown().optional() }).optional() }).optional(),
});

export const openAiResponses: Dialect = {
  name: 'openai-responses',
  matches: (path) => path.endsWith('/responses'),

  parse(body): ModelRequest {
    const { model, stream, input, tools, text } = Body.parse(body);
    // Codex also offers tools inside the conversation: after a search, and in code mode.
    const offered = [...tools, ...input.flatMap((item) => item.tools ?? [])];
    return {
      model,
      isStreaming: stream,
      items: input.flatMap(toItems),
      tools: [...nestedTools(offered), ...flattenTools(offered)],
      answerSchema: text?.format?.schema,
    };
  },

  write: writeResponse,

  whole: (request, { text }) => {
    const inputTokens = countInputTokens(request);
    const outputTokens = countTokens(text);
    const content = [{ type: 'output_text', text, annotations: [] }];
    return {
      id: newId('resp_'),
      object: 'response',
      created_at: Math.floor(Date.now() / 1000),
      status: 'completed',
      model: request.model,
      output: [{ id: newId('msg_'), type: 'message', status: 'completed', role: 'assistant', content }],
      usage: { input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: inputTokens + outputTokens },
    };
  },

  failure: toOpenAiFailure,
};

function toItems(item: Item): ConversationItem[] {
  if (item.type === 'message') {
    if (item.role === 'developer' || item.role === 'system') return [];
    const parts = partsOf(item.content);
    const images = parts.filter((part) => part.type === 'input_image').length;
    return [{ role: item.role === 'assistant' ? 'assistant' : 'user', text: textOf(item.content), images }];
  }
  // A search for tools is answered within the turn and is none of its own.
  if (/^(additional_tools|tool_search_call|tool_search_output)$/.test(item.type)) return [];
  if (item.type.endsWith('_output')) return [{ role: 'tool', text: textOf(item.output) }];
  return [{ role: 'assistant', text: '' }];
}

function partsOf(content: unknown): z.infer<typeof Part>[] {
  const parsed = Content.safeParse(content);
  return parsed.success ? parsed.data : [];
}

function textOf(content: unknown): string {
  const parsed = Content.safeParse(content);
  return parsed.success ? parsed.data.map((part) => part.text ?? '').join('\n') : JSON.stringify(content ?? '');
}
