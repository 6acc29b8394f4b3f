import type { ServerHello } from '@konui/protocol';
import type { TransportName } from './transport-choice.ts';

/** What a page shows of its connection. Times are milliseconds since 1970. */
export type ConnectionState =
  /** `isRestart`: the server said that it will be back; nothing to worry about yet. */
  | { readonly state: 'connecting'; readonly attempt: number; readonly isRestart: boolean }
  | { readonly state: 'live'; readonly hello: ServerHello; readonly transport: TransportName }
  | { readonly state: 'waiting'; readonly attempt: number; readonly nextAttemptAt: number; readonly isRestart: boolean }
  /** All attempts failed: a button calls `retry()`; a wake-up does too. */
  | { readonly state: 'disconnected'; readonly reason: string }
  /** The sign-in was refused; only `retry()` tries again. */
  | { readonly state: 'refused'; readonly code: string }
  | { readonly state: 'closed' };
