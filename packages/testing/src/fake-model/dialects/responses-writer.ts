import type { ToolCall } from '../logical-tools.ts';
import { countInputTokens, countTokens, type ModelRequest } from '../model-request.ts';
import { toExecCall } from './codex-tools.ts';
import { newId, type AnswerWriter, type SendEvent } from './dialect.ts';
import { openAiFailures } from './openai-failures.ts';

type OpenItem = { kind: 'text' | 'reasoning'; id: string; text: string };

/** Streams an answer of the Responses API: items that are added, filled by deltas, and done. */
export function writeResponse(request: ModelRequest, send: SendEvent): AnswerWriter {
  const id = newId('resp_');
  const createdAt = Math.floor(Date.now() / 1000);
  const output: object[] = [];
  let sequence = 0;
  let index = -1;
  let outputTokens = 0;
  let open: OpenItem | undefined;
  const sendTyped = (type: string, data: object): void => send(type, { type, sequence_number: sequence++, ...data });
  const sendState = (type: string, status: string, extra: object = {}): void => {
    const response = { id, object: 'response', created_at: createdAt, status, model: request.model, output, ...extra };
    sendTyped(type, { response });
  };
  const addItem = (item: object): void => {
    index += 1;
    sendTyped('response.output_item.added', { output_index: index, item });
  };
  const finishItem = (item: object): void => {
    output.push(item);
    sendTyped('response.output_item.done', { output_index: index, item });
  };
  const close = (): void => {
    if (!open) return;
    const { kind, id: itemId, text } = open;
    open = undefined;
    const at = { item_id: itemId, output_index: index };
    if (kind === 'text') {
      const part = { type: 'output_text', text, annotations: [] };
      sendTyped('response.output_text.done', { ...at, content_index: 0, text });
      sendTyped('response.content_part.done', { ...at, content_index: 0, part });
      finishItem({ id: itemId, type: 'message', status: 'completed', role: 'assistant', content: [part] });
    } else {
      const part = { type: 'summary_text', text };
      sendTyped('response.reasoning_summary_text.done', { ...at, summary_index: 0, text });
      sendTyped('response.reasoning_summary_part.done', { ...at, summary_index: 0, part });
      finishItem({ id: itemId, type: 'reasoning', summary: [part], encrypted_content: 'ZmFrZQ==' });
    }
  };
  const openText = (): OpenItem => {
    close();
    const item: OpenItem = { kind: 'text', id: newId('msg_'), text: '' };
    addItem({ id: item.id, type: 'message', status: 'in_progress', role: 'assistant', content: [] });
    const part = { type: 'output_text', text: '', annotations: [] };
    sendTyped('response.content_part.added', { item_id: item.id, output_index: index, content_index: 0, part });
    return item;
  };
  const openReasoning = (): OpenItem => {
    close();
    const item: OpenItem = { kind: 'reasoning', id: newId('rs_'), text: '' };
    addItem({ id: item.id, type: 'reasoning', summary: [] });
    const part = { type: 'summary_text', text: '' };
    sendTyped('response.reasoning_summary_part.added', {
      item_id: item.id,
      output_index: index,
      summary_index: 0,
      part,
    });
    return item;
  };
  const count = (text: string): void => {
    outputTokens += countTokens(text);
  };

  sendState('response.created', 'in_progress');
  sendState('response.in_progress', 'in_progress');
  return {
    text(delta) {
      if (open?.kind !== 'text') open = openText();
      open.text += delta;
      count(delta);
      sendTyped('response.output_text.delta', { item_id: open.id, output_index: index, content_index: 0, delta });
    },
    think(delta) {
      if (open?.kind !== 'reasoning') open = openReasoning();
      open.text += delta;
      count(delta);
      const at = { item_id: open.id, output_index: index, summary_index: 0 };
      sendTyped('response.reasoning_summary_text.delta', { ...at, delta });
    },
    tool(wanted) {
      close();
      const call = isReachedByExec(request, wanted) ? toExecCall(wanted) : wanted;
      count(call.freeform ?? JSON.stringify(call.args));
      if (isYetToBeFound(request, call)) {
        index += 1;
        finishItem({
          id: newId('tsc_'),
          type: 'tool_search_call',
          call_id: newId('call_'),
          status: 'completed',
          execution: 'client',
          arguments: { query: call.name.slice(1) },
        });
        return;
      }
      const item = toItem(call);
      addItem({ ...item.fields, status: 'in_progress', [item.inputName]: '' });
      sendTyped(item.deltaType, { item_id: item.fields.id, output_index: index, delta: item.input });
      finishItem({ ...item.fields, status: 'completed', [item.inputName]: item.input });
    },
    end() {
      close();
      const inputTokens = countInputTokens(request);
      sendState('response.completed', 'completed', {
        usage: {
          input_tokens: inputTokens,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: outputTokens,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: inputTokens + outputTokens,
        },
      });
    },
    fail(failure) {
      const { code, message } = openAiFailures[failure];
      sendState('response.failed', 'failed', { error: { code, message } });
    },
  };
}

const isReachedByExec = (request: ModelRequest, call: ToolCall): boolean =>
  call.isNested === true || (call.name.startsWith('*') && request.tools.some((tool) => tool.isNested));

/** A tool that Codex offers only after a search; the same turn is asked again with it. */
const isYetToBeFound = (request: ModelRequest, call: ToolCall): boolean =>
  call.name.startsWith('*') && request.tools.some((tool) => tool.name === 'tool_search');

type CallItem = {
  fields: Record<string, string> & { id: string };
  inputName: string;
  input: string;
  deltaType: string;
};

function toItem({ name, namespace, args, freeform }: ToolCall): CallItem {
  const fields = { id: newId('fc_'), call_id: newId('call_'), name };
  if (freeform !== undefined) {
    return {
      fields: { ...fields, type: 'custom_tool_call' },
      inputName: 'input',
      input: freeform,
      deltaType: 'response.custom_tool_call_input.delta',
    };
  }
  return {
    fields: { ...fields, type: 'function_call', ...(namespace === undefined ? {} : { namespace }) },
    inputName: 'arguments',
    input: JSON.stringify(args),
    deltaType: 'response.function_call_arguments.delta',
  };
}
