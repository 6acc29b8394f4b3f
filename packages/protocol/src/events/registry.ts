import type * as z from 'zod/mini';
import { AgentReady } from './agent-ready.ts';
import { CommandRejected } from './command-rejected.ts';
import { Complete } from './complete.ts';
import { ElicitationRequest } from './elicitation-request.ts';
import { ElicitationResolved } from './elicitation-resolved.ts';
import { ErrorEvent } from './error.ts';
import { LimitReached } from './limit-reached.ts';
import { LogOpened } from './log-opened.ts';
import { OptionChanged } from './option-changed.ts';
import { PermissionRequest } from './permission-request.ts';
import { PermissionResolved } from './permission-resolved.ts';
import { PromptChanged } from './prompt-changed.ts';
import { PromptQueued } from './prompt-queued.ts';
import { PromptRemoved } from './prompt-removed.ts';
import { Prompt } from './prompt.ts';
import { QueueHeld } from './queue-held.ts';
import { QueueResumed } from './queue-resumed.ts';
import { Retrying } from './retrying.ts';
import { RunStarted } from './run-started.ts';
import { Status } from './status.ts';

/** Every event kind of Konui's own. A new kind is a file beside this one and a line here. */
export const KONUI_EVENTS = [
  LogOpened,
  PromptQueued,
  PromptChanged,
  PromptRemoved,
  QueueHeld,
  QueueResumed,
  Prompt,
  RunStarted,
  AgentReady,
  OptionChanged,
  Status,
  PermissionRequest,
  PermissionResolved,
  ElicitationRequest,
  ElicitationResolved,
  Retrying,
  LimitReached,
  ErrorEvent,
  CommandRejected,
  Complete,
] as const;

/** The body of one of Konui's own events: all but `seq`, `sessionId` and `at`, which the log assigns. */
export type KonuiEventBody = z.infer<(typeof KONUI_EVENTS)[number]['schema']>;
