import * as z from 'zod/mini';
import { RequestId, RunId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

const ToolCall = z.looseObject({ toolCallId: z.string(), title: z.nullish(z.string()) });
const Option = z.looseObject({ optionId: z.string(), name: z.string(), kind: z.string() });

/** The agent asks before it acts (ACP `session/request_permission`); `toolCall` and `options` are the agent's own. */
export const PermissionRequest = defineEvent({
  kind: 'permission_request',
  fields: { requestId: RequestId, runId: RunId, toolCall: ToolCall, options: z.array(Option) },
  reduce(state, event) {
    const { requestId, runId, seq, at, toolCall, options } = event;
    state.pendingPermissions.push({ requestId, runId, seq, at, toolCall, options });
  },
});
