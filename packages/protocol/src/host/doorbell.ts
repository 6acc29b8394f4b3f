import * as z from 'zod/mini';
import { SessionId } from '../ids.ts';

/** Version of the messages on a runner's socket. A konsole that meets another one says so and only reads the log. */
export const DOORBELL_VERSION = 1;

/** Lines of JSON from the runner to konsole, on the runner's unix socket. The bytes that they speak of are in the files. */
export const RunnerMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    version: z.int(),
    sessionId: SessionId,
    pid: z.int(),
    epoch: z.string(),
    lastSeq: z.int(),
    /** Absent in runners of before, which do not know the ping and must not be judged by their silence. */
    answersPing: z.optional(z.boolean()),
  }),
  /** The log grew to `seq`. */
  z.object({ type: z.literal('log_grew'), seq: z.int() }),
  z.object({
    type: z.literal('trouble'),
    code: z.enum(['storage_full', 'storage_failed', 'storage_recovered']),
    detail: z.string(),
  }),
  /** Whether the runner's agent is alive; said when that changes, and after the hello of a host. */
  z.object({ type: z.literal('agent'), isAlive: z.boolean() }),
  /** Answers a `ping` at once: the runner is not stopped. */
  z.object({ type: z.literal('pong') }),
]);
export type RunnerMessage = z.infer<typeof RunnerMessage>;

/** Lines of JSON from konsole to the runner. */
export const HostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: z.int(), pid: z.int() }),
  z.object({ type: z.literal('inbox_grew') }),
  /** Memory is wanted: an agent without work is to be ended. A runner that has work leaves it alone. */
  z.object({ type: z.literal('end_agent') }),
  /** Sent only to a runner whose hello says that it answers. */
  z.object({ type: z.literal('ping') }),
]);
export type HostMessage = z.infer<typeof HostMessage>;
