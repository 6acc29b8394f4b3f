import { createSessionState, type SessionSnapshot, toSessionSnapshot } from '@konui/protocol';
import type { ConversationItem, PermissionItem, ToolItem } from './items.ts';

export interface PlanEntry {
  readonly content: string;
  /** ACP: high, medium, low. */
  readonly priority: string | undefined;
  /** ACP: pending, in_progress, completed. */
  readonly status: string;
}

/** One of several things that the agent offers. */
export interface Choice {
  readonly current: string | undefined;
  readonly available: readonly Readonly<Record<string, unknown>>[];
}

/**
 * What a page shows of a session: a pure function of its events. Parts that have not changed are the same objects. What
 * runs, waits and was asked is the protocol's own fold.
 */
export interface ConversationState extends SessionSnapshot {
  readonly lastSeq: number;
  readonly items: readonly ConversationItem[];
  /** What began before the first event that is held: what is said of it later changes nothing that is shown. */
  readonly hidden: readonly (ToolItem | PermissionItem)[];
  /** What the agent's program does before it can answer ("installing …"), until it says something. */
  readonly activity: string | undefined;
  /** The agent tries a failed request again, and has said nothing since. */
  readonly retrying: { readonly message: string; readonly at: string } | undefined;
  readonly plan: readonly PlanEntry[] | undefined;
  /** What the agent offers: ACP `SessionMode` and `ModelInfo` objects; undefined where it offers none, or has not said. */
  readonly modes: Choice | undefined;
  readonly models: Choice | undefined;
  /** ACP `promptCapabilities`; undefined while the agent has not been ready. */
  readonly promptCapabilities: Readonly<Record<string, unknown>> | undefined;
  /** ACP `availableCommands`, `configOptions` and `usage_update`, as the agent sent them last. */
  readonly commands: readonly unknown[];
  readonly configOptions: readonly unknown[];
  readonly usage: Readonly<Record<string, unknown>> | undefined;
}

/** The conversation before its first event. */
export function createConversation(): ConversationState {
  return {
    ...toSessionSnapshot(createSessionState()),
    lastSeq: 0,
    items: [],
    hidden: [],
    activity: undefined,
    retrying: undefined,
    plan: undefined,
    commands: [],
    configOptions: [],
    modes: undefined,
    models: undefined,
    promptCapabilities: undefined,
    usage: undefined,
  };
}
