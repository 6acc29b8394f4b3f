import * as z from 'zod/mini';
import { RunId } from '../ids.ts';
import { defineEvent } from './define-event.ts';

/** The agent says that it tries a failed request again. */
export const Retrying = defineEvent({
  kind: 'retrying',
  fields: { runId: RunId, message: z.string() },
});
