import * as z from 'zod/mini';
import { StoredContentBlock } from '../content.ts';
import { ElicitationAction, ElicitationContent } from '../events/elicitation-resolved.ts';
import { CommandId, PromptId, RequestId, RunId } from '../ids.ts';
import { Origin } from '../origin.ts';
import { SessionOption } from '../session-option.ts';

const target = { promptId: PromptId, queueVersion: z.int().check(z.nonnegative()) };
const base = { commandId: CommandId, at: z.string(), by: Origin };

/** A line of a session's inbox: konsole writes it, the runner answers it with exactly one event. */
export const Command = z.discriminatedUnion('type', [
  /** Answered by `prompt` or `prompt_queued`. The promptId is the commandId. */
  z.object({
    type: z.literal('prompt'),
    ...base,
    promptId: PromptId,
    content: z.array(StoredContentBlock).check(z.minLength(1)),
  }),
  /** Answered by `status {state: "stopping"}`, or rejected with NO_ACTIVE_RUN when that run has ended. */
  z.object({ type: z.literal('stop'), ...base, runId: RunId }),
  /** Answered by `permission_resolved`, or rejected with PERMISSION_NOT_FOUND or OPTION_NOT_FOUND. */
  z.object({
    type: z.literal('permission'),
    ...base,
    requestId: RequestId,
    optionId: z.optional(z.string()),
    allow: z.optional(z.boolean()),
    message: z.optional(z.string().check(z.maxLength(10_000))),
  }),
  /** Answered by `elicitation_resolved`, or rejected with ELICITATION_NOT_FOUND. */
  z.object({
    type: z.literal('elicitation'),
    ...base,
    requestId: RequestId,
    action: ElicitationAction,
    content: z.optional(ElicitationContent),
  }),
  /**
   * Changes of the queue, answered by `prompt_changed` or `prompt_removed`; rejected with QUEUE_CHANGED when the queue
   * has another version, with PROMPT_NOT_QUEUED when the prompt does not wait any more.
   */
  z.object({
    type: z.literal('queue_edit'),
    ...base,
    ...target,
    content: z.array(StoredContentBlock).check(z.minLength(1)),
  }),
  z.object({ type: z.literal('queue_move'), ...base, ...target, before: z.nullable(PromptId) }),
  z.object({ type: z.literal('queue_remove'), ...base, ...target }),
  /** Ends the open run, if there is one, and runs this prompt next, also out of a held queue. */
  z.object({ type: z.literal('queue_send_now'), ...base, ...target }),
  /** Starts the agent, if it does not run. Answered by `agent_ready`, or rejected with the failure's code. */
  z.object({ type: z.literal('prepare'), ...base }),
  /** Starts the agent, if it does not run. Answered by `option_changed`, or rejected with OPTION_NOT_FOUND or AGENT_…. */
  z.object({ type: z.literal('configure'), ...base, option: SessionOption }),
  /** Answered by `queue_held` and `queue_resumed`. */
  z.object({ type: z.literal('queue_hold'), ...base }),
  z.object({ type: z.literal('queue_resume'), ...base }),
]);
export type Command = z.infer<typeof Command>;
