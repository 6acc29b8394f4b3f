import { z } from 'zod';
import { StoredContentBlock } from '../content.ts';
import { CommandId, PromptId, RequestId, RunId } from '../ids.ts';
import { Origin } from '../origin.ts';

const base = { commandId: CommandId, at: z.string(), by: Origin };

/** A line of a session's inbox: konsole writes it, the runner answers it with exactly one event. */
export const Command = z.discriminatedUnion('type', [
  /** Answered by `prompt` or `prompt_queued`. The promptId is the commandId. */
  z.object({ type: z.literal('prompt'), ...base, promptId: PromptId, content: z.array(StoredContentBlock).min(1) }),
  /** Answered by `status {state: "stopping"}`, or rejected with NO_ACTIVE_RUN when that run has ended. */
  z.object({ type: z.literal('stop'), ...base, runId: RunId }),
  /** Answered by `permission_resolved`, or rejected with PERMISSION_NOT_FOUND or OPTION_NOT_FOUND. */
  z.object({
    type: z.literal('permission'),
    ...base,
    requestId: RequestId,
    optionId: z.string().optional(),
    allow: z.boolean().optional(),
    message: z.string().max(10_000).optional(),
  }),
]);
export type Command = z.infer<typeof Command>;
