import type {
  ElicitationAction,
  ElicitationContent,
  Origin,
  PermissionOption,
  SignIn,
  StoredContentBlock,
} from '@konui/protocol';

/** A long string that lies in the session's attachments (SEQ7): its beginning, and where the rest is. */
export interface StoredText {
  readonly attachment: string;
  readonly byteLength: number;
  readonly preview: string;
}

/** A content block of the agent's; neighbouring text is one block. Kinds other than these pass through. */
export type MessageBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: string; readonly [field: string]: unknown };

interface ItemBase {
  /** Names the item for ever: the seq of its first event. */
  readonly key: number;
  /** ISO 8601 of its first event. */
  readonly at: string;
  /** The run that it belongs to; items between runs have none. */
  readonly runId: string | undefined;
}

export interface PromptItem extends ItemBase {
  readonly type: 'prompt';
  readonly promptId: string;
  readonly origin: Origin;
  readonly content: readonly StoredContentBlock[];
}

/** What the agent says (`message`), thinks (`thought`), or reports that a person said (`user_message`). */
export interface MessageItem extends ItemBase {
  readonly type: 'message' | 'thought' | 'user_message';
  readonly messageId: string | undefined;
  readonly content: readonly MessageBlock[];
}

export type ToolContent =
  | { readonly type: 'content'; readonly content: MessageBlock }
  /** `oldText` is null for a new file. */
  | {
      readonly type: 'diff';
      readonly path: string;
      readonly oldText: string | StoredText | null;
      readonly newText: string | StoredText;
    }
  | { readonly type: 'terminal'; readonly terminalId: string };

export interface ToolItem extends ItemBase {
  readonly type: 'tool';
  readonly toolCallId: string;
  readonly title: string | undefined;
  /** ACP: read, edit, delete, move, search, execute, think, fetch, switch_mode, other. */
  readonly toolKind: string | undefined;
  /** ACP: pending, in_progress, completed, failed. */
  readonly status: string;
  /** ISO 8601 of the event that completed or failed it. */
  readonly endedAt?: string;
  /** Where it was asked for: what became of it, and when (ISO 8601); of what waits, since when. */
  readonly permission?:
    | { readonly state: 'asked' | 'allowed' | 'rejected' | 'withdrawn'; readonly at: string }
    | undefined;
  /** Why it failed, where that was no fault of its own: a person's stop, or that it was open when its run ended. */
  readonly cutShort?: 'stopped' | 'unfinished' | undefined;
  readonly rawInput: unknown;
  readonly rawOutput: unknown;
  readonly content: readonly ToolContent[];
  readonly locations: readonly { readonly path: string; readonly line?: number | null | undefined }[];
  /** What its terminal printed, in pieces of text or references to stored text. */
  readonly output: readonly (string | StoredText)[];
  readonly exit: { readonly exitCode: number | null; readonly signal: string | null } | undefined;
}

export interface PermissionItem extends ItemBase {
  readonly type: 'permission';
  readonly requestId: string;
  readonly toolCall: { readonly toolCallId: string; readonly title?: string | null; readonly [field: string]: unknown };
  readonly options: readonly PermissionOption[];
  /** Undefined while it waits for a person. */
  readonly resolution:
    | {
        readonly by: Origin;
        readonly at: string;
        readonly optionId?: string | undefined;
        readonly optionKind?: string | undefined;
        readonly message?: string | undefined;
      }
    | undefined;
}

/** A question of the agent, with a form. */
export interface ElicitationItem extends ItemBase {
  readonly type: 'elicitation';
  readonly requestId: string;
  readonly message: string;
  /** The form as a JSON schema of the agent's (ACP, "Elicitation"). */
  readonly requestedSchema: Readonly<Record<string, unknown>>;
  /** The tool call that asks, where the agent names one. */
  readonly toolCallId: string | undefined;
  /** Undefined while it waits for a person; `by` a system where nobody can answer any more. */
  readonly resolution:
    | {
        readonly by: Origin;
        readonly at: string;
        readonly action: ElicitationAction;
        readonly content?: ElicitationContent | undefined;
      }
    | undefined;
}

export interface RunEndItem extends ItemBase {
  readonly type: 'run_end';
  readonly stopReason: string;
  readonly success: boolean;
  readonly aborted: boolean;
  readonly exitCode: number;
  readonly usage: unknown;
}

/** One thing that a page shows, in the order of the log. An item that has not changed is the same object. */
export type ConversationItem =
  | PromptItem
  | MessageItem
  | ToolItem
  | PermissionItem
  | ElicitationItem
  | RunEndItem
  | (ItemBase & {
      readonly type: 'error';
      readonly code: string;
      readonly message: string;
      /** With AGENT_AUTH_REQUIRED: what a person can do. */
      readonly signIn?: SignIn | undefined;
    })
  | (ItemBase & { readonly type: 'limit'; readonly message: string; readonly resetsAt: string | undefined })
  | (ItemBase & { readonly type: 'retrying'; readonly message: string })
  | (ItemBase & {
      readonly type: 'command_rejected';
      readonly commandId: string;
      readonly code: string;
      readonly message: string | undefined;
    })
  /** A kind of event that this version does not know, or one that lacks a field. */
  | (ItemBase & {
      readonly type: 'unknown';
      readonly kind: string;
      readonly fields: Readonly<Record<string, unknown>>;
    });
