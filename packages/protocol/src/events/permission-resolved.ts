import { z } from 'zod';
import { CommandId, RequestId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { defineEvent } from './define-event.ts';

/** A permission was answered, or closed by Konui itself (no `optionId`, `by.type` is `system`). */
export const PermissionResolved = defineEvent({
  kind: 'permission_resolved',
  fields: {
    requestId: RequestId,
    commandId: CommandId.optional(),
    by: Origin,
    optionId: z.string().optional(),
    /** ACP kind of the chosen option. */
    optionKind: z.string().optional(),
    message: z.string().optional(),
  },
  reduce(state, event) {
    state.pendingPermissions = state.pendingPermissions.filter((pending) => pending.requestId !== event.requestId);
  },
});
