import type { z } from 'zod';
import { CommandRejected } from './command-rejected.ts';
import { Complete } from './complete.ts';
import { ErrorEvent } from './error.ts';
import { LimitReached } from './limit-reached.ts';
import { LogOpened } from './log-opened.ts';
import { PermissionRequest } from './permission-request.ts';
import { PermissionResolved } from './permission-resolved.ts';
import { PromptQueued } from './prompt-queued.ts';
import { Prompt } from './prompt.ts';
import { Retrying } from './retrying.ts';
import { RunStarted } from './run-started.ts';
import { Status } from './status.ts';

/** Every event kind of Konui's own. A new kind is a file beside this one and a line here. */
export const KONUI_EVENTS = [
  LogOpened,
  PromptQueued,
  Prompt,
  RunStarted,
  Status,
  PermissionRequest,
  PermissionResolved,
  Retrying,
  LimitReached,
  ErrorEvent,
  CommandRejected,
  Complete,
] as const;

/** The body of one of Konui's own events: all but `seq`, `sessionId` and `at`, which the log assigns. */
export type KonuiEventBody = z.infer<(typeof KONUI_EVENTS)[number]['schema']>;
