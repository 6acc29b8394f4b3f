/** What the agent under test writes down before it says it: what it was given, and every update that it sends. */
export type AgentRecord = { readonly instance: string } & (
  | { readonly type: 'started'; readonly pid: number }
  | { readonly type: 'prompt'; readonly promptId: string }
  /** `index` counts an instance's updates from 1; the update itself carries `instance:index`. */
  | { readonly type: 'update'; readonly index: number; readonly update: Readonly<Record<string, unknown>> }
  | { readonly type: 'asked'; readonly toolCallId: string }
  | { readonly type: 'heard'; readonly toolCallId: string; readonly optionId: string | null }
  | { readonly type: 'cancelled' }
  /** About to answer the prompt: all of its updates stand before. */
  | { readonly type: 'answered'; readonly promptId: string; readonly stopReason: string }
);

/** The mark that names an update in what it shows. */
export const toMark = (instance: string, index: number): string => `[${instance}:${index}]`;

/** A text of marks, each with what follows it up to the next. */
export const MARKED_PIECE = /\[([0-9a-f]{8}):(\d+)\][^[]*/g;
