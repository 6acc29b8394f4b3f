import * as z from 'zod/mini';
import { CommandId, RequestId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** A permission was answered, or closed by Konui itself (no `optionId`, `by.type` is `system`). */
export const PermissionResolved = defineEvent({
  kind: 'permission_resolved',
  fields: {
    requestId: RequestId,
    commandId: z.optional(CommandId),
    by: Origin,
    optionId: z.optional(z.string()),
    /** ACP kind of the chosen option. */
    optionKind: z.optional(z.string()),
    message: z.optional(z.string()),
  },
  reduce(state, event) {
    state.pendingPermissions = state.pendingPermissions.filter((pending) => pending.requestId !== event.requestId);
  },
});
