import * as z from 'zod/mini';
import { RunId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

/** Something failed, in the agent's own words where there are any; `code` is one of `ERRORS`. */
export const ErrorEvent = defineEvent({
  kind: 'error',
  fields: { code: z.string(), message: z.string(), runId: z.optional(RunId) },
});
