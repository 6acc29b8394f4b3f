import { KONUI_EVENTS, type KonuiEventBody, type SessionEvent } from '@konui/protocol';
import { type Fields, isFields, toBlock, toText } from './blocks.ts';
import { choose, toOffer } from './agent-offer.ts';
import { ConversationDraft } from './conversation-draft.ts';
import type { ConversationState, PlanEntry } from './conversation-state.ts';
import type { ConversationItem, PermissionItem, ToolItem } from './items.ts';
import { createToolItem, mergeToolCall } from './merge-tool-call.ts';
import { notePermission, toolPermission } from './tool-permission.ts';

const KONUI_SCHEMAS = new Map<string, (typeof KONUI_EVENTS)[number]['schema']>(
  KONUI_EVENTS.map(({ kind, schema }) => [kind, schema]),
);

/** (state, event) → state. An event that the state already holds changes nothing (SEQ6). */
export function reduceConversation(state: ConversationState, event: SessionEvent): ConversationState {
  return reduceConversationEvents(state, [event]);
}

/** The same for many events at once, much faster than one by one. */
export function reduceConversationEvents(state: ConversationState, events: Iterable<SessionEvent>): ConversationState {
  const draft = new ConversationDraft(state);
  for (const event of events) {
    if (event.seq <= draft.next.lastSeq) continue;
    draft.next.lastSeq = event.seq;
    apply(draft, event);
  }
  return draft.next.lastSeq === state.lastSeq ? state : draft.finish();
}

function apply(draft: ConversationDraft, event: SessionEvent): void {
  const schema = KONUI_SCHEMAS.get(event.kind);
  if (schema === undefined) {
    applyAgentEvent(draft, event);
    return;
  }
  const parsed = schema.safeParse(event);
  if (!parsed.success) pushUnknown(draft, event);
  else applyKonuiEvent(draft, event, parsed.data);
}

function applyKonuiEvent(draft: ConversationDraft, event: SessionEvent, body: KonuiEventBody): void {
  const runIdBefore = draft.runId;
  draft.reduceSession(event);
  const base = draft.base(event);
  switch (body.kind) {
    case 'log_opened':
    case 'prompt_queued':
    case 'prompt_changed':
    case 'prompt_removed':
    case 'queue_held':
    case 'queue_resumed':
      return;
    case 'prompt':
      // A plan is that of the prompt it was made for.
      draft.next.plan = undefined;
      draft.push({ ...base, type: 'prompt', promptId: body.promptId, origin: body.origin, content: body.content });
      return;
    case 'run_started': {
      draft.sayActive();
      const index = draft.items.findLastIndex((item) => item.type === 'prompt' && item.promptId === body.promptId);
      const prompt = draft.items[index];
      if (prompt !== undefined) draft.replace(index, { ...prompt, runId: body.runId });
      return;
    }
    case 'status':
      draft.next.activity = body.state === 'starting' ? (body.message ?? 'starting the agent') : undefined;
      return;
    case 'agent_ready':
      draft.sayActive();
      Object.assign(draft.next, toOffer(body));
      return;
    case 'option_changed':
      Object.assign(draft.next, choose(draft.next, body.option));
      return;
    case 'permission_request': {
      draft.sayActive();
      const { requestId, toolCall, options } = body;
      const request: PermissionItem = {
        ...base,
        type: 'permission',
        requestId,
        toolCall,
        options,
        resolution: undefined,
      };
      draft.push(request);
      notePermission(draft, request);
      return;
    }
    case 'permission_resolved': {
      const index = draft.items.findLastIndex(
        (item) => item.type === 'permission' && item.requestId === body.requestId,
      );
      const item = draft.items[index];
      if (item?.type !== 'permission') return;
      const { by, optionId, optionKind, message } = body;
      const answered = { ...item, resolution: { by, at: event.at, optionId, optionKind, message } };
      draft.replace(index, answered);
      notePermission(draft, answered);
      return;
    }
    case 'elicitation_request': {
      draft.sayActive();
      const { requestId, message, requestedSchema, toolCallId } = body;
      const question = { requestId, message, requestedSchema, toolCallId };
      draft.push({ ...base, type: 'elicitation', ...question, resolution: undefined });
      return;
    }
    case 'elicitation_resolved': {
      const index = draft.items.findLastIndex(
        (item) => item.type === 'elicitation' && item.requestId === body.requestId,
      );
      const item = draft.items[index];
      if (item?.type !== 'elicitation' || item.resolution !== undefined) return;
      const { by, action, content } = body;
      draft.replace(index, { ...item, resolution: { by, at: event.at, action, content } });
      return;
    }
    case 'retrying':
      draft.next.retrying = { message: body.message, at: event.at };
      draft.push({ ...base, type: 'retrying', message: body.message });
      return;
    case 'limit_reached':
      draft.push({ ...base, type: 'limit', message: body.message, resetsAt: body.resetsAt });
      return;
    case 'error':
      draft.push({
        ...base,
        runId: body.runId ?? base.runId,
        type: 'error',
        code: body.code,
        message: body.message,
        ...(body.signIn === undefined ? {} : { signIn: body.signIn }),
      });
      return;
    case 'command_rejected':
      // It may be the one that started the agent.
      if (draft.runId === undefined) draft.next.activity = undefined;
      draft.push({
        ...base,
        type: 'command_rejected',
        commandId: body.commandId,
        code: body.code,
        message: body.message,
      });
      return;
    case 'complete': {
      draft.sayActive();
      const { stopReason, success, aborted, exitCode, usage } = body;
      draft.push({
        ...base,
        runId: runIdBefore ?? body.runId,
        type: 'run_end',
        stopReason,
        success,
        aborted,
        exitCode,
        usage,
      });
      return;
    }
  }
}

function applyAgentEvent(draft: ConversationDraft, event: SessionEvent): void {
  const { next } = draft;
  switch (event.kind) {
    case 'agent_message_chunk':
      appendChunk(draft, event, 'message');
      return;
    case 'agent_thought_chunk':
      appendChunk(draft, event, 'thought');
      return;
    case 'user_message_chunk':
      appendChunk(draft, event, 'user_message');
      return;
    case 'tool_call':
    case 'tool_call_update':
      applyToolCall(draft, event);
      return;
    case 'plan':
      next.plan = Array.isArray(event['entries']) ? event['entries'].flatMap(toPlanEntry) : next.plan;
      return;
    case 'available_commands_update':
      if (Array.isArray(event['availableCommands'])) next.commands = event['availableCommands'];
      return;
    case 'config_option_update':
      if (Array.isArray(event['configOptions'])) next.configOptions = event['configOptions'];
      return;
    case 'current_mode_update':
      draft.reduceSession(event);
      next.modes = { available: [], ...next.modes, current: toText(event['currentModeId']) };
      return;
    case 'session_info_update':
      draft.reduceSession(event);
      return;
    case 'usage_update':
      next.usage = bodyOf(event);
      return;
    default:
      // Any kind may come from an agent; what is unknown is kept for the reader to see.
      pushUnknown(draft, event);
  }
}

function appendChunk(
  draft: ConversationDraft,
  event: SessionEvent,
  type: 'message' | 'thought' | 'user_message',
): void {
  const block = toBlock(event['content']);
  if (block === undefined) {
    pushUnknown(draft, event);
    return;
  }
  draft.sayActive();
  draft.appendChunk(event, { type, messageId: toText(event['messageId']), block });
}

function applyToolCall(draft: ConversationDraft, event: SessionEvent): void {
  const toolCallId = toText(event['toolCallId']);
  if (toolCallId === undefined) {
    pushUnknown(draft, event);
    return;
  }
  draft.sayActive();
  const index = draft.items.findLastIndex((item) => isTool(item, toolCallId));
  const item = draft.items[index];
  // Agents count their calls anew after a restart, but an update may also come late, after its run.
  const isOf = (known: ToolItem): boolean => event.kind === 'tool_call_update' || known.runId === draft.runId;
  const isKnown = item?.type === 'tool' && isOf(item);
  if (item === undefined && draft.next.hidden.some((known) => isTool(known, toolCallId) && isOf(known))) return;
  const merged = mergeToolCall(isKnown ? item : seedTool(draft, event, toolCallId), bodyOf(event));
  const hasEnded = (merged.status === 'completed' || merged.status === 'failed') && merged.endedAt === undefined;
  const cutShort = merged.status === 'failed' ? whyCutShort(event, draft.isStopping) : undefined;
  const next = hasEnded ? { ...merged, endedAt: event.at, cutShort } : merged;
  if (isKnown) draft.replace(index, next);
  else draft.push(next);
}

/** Agents that are stopped fail their calls themselves, and what they leave open the runner closes (SPEC EVT6). */
function whyCutShort(event: SessionEvent, isStopping: boolean): ToolItem['cutShort'] {
  const meta = isFields(event['_meta']) ? event['_meta'] : {};
  const reason = isFields(meta['konui']) ? meta['konui']['closedBecause'] : undefined;
  if (reason === undefined) return isStopping ? 'stopped' : undefined;
  return reason === 'stopped' ? 'stopped' : 'unfinished';
}

function isTool(item: ConversationItem, toolCallId: string): item is ToolItem {
  return item.type === 'tool' && item.toolCallId === toolCallId;
}

/** Gemini announces a call that needs permission only in the request: what it says there is the call's beginning. */
function seedTool(draft: ConversationDraft, event: SessionEvent, toolCallId: string): ToolItem {
  const tool = createToolItem({ ...draft.base(event), toolCallId });
  const isRequest = (item: ConversationItem) => item.type === 'permission' && item.toolCall.toolCallId === toolCallId;
  const request = draft.items.findLast(isRequest) ?? draft.next.hidden.findLast(isRequest);
  if (request?.type !== 'permission' || request.runId !== tool.runId) return tool;
  return { ...mergeToolCall(tool, request.toolCall), permission: toolPermission(request) };
}

function toPlanEntry(value: unknown): PlanEntry[] {
  if (!isFields(value) || typeof value['content'] !== 'string') return [];
  return [
    { content: value['content'], priority: toText(value['priority']), status: toText(value['status']) ?? 'pending' },
  ];
}

function pushUnknown(draft: ConversationDraft, event: SessionEvent): void {
  draft.push({ ...draft.base(event), type: 'unknown', kind: event.kind, fields: bodyOf(event) });
}

/** An event's own fields, without the envelope. */
function bodyOf(event: SessionEvent): Fields {
  const { seq: _seq, sessionId: _sessionId, kind: _kind, at: _at, ...body } = event;
  return body;
}
