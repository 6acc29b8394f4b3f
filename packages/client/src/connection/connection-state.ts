import type { ServerHello } from '@konui/protocol';
import type { TransportName } from './transport-choice.ts';

/** What a connection that is opened again is doing; `Live` is known while it is open. Times are milliseconds since 1970. */
export type LinkState<Live extends object = object> =
  /** `isRestart`: the server said that it will be back; nothing to worry about yet. */
  | { readonly state: 'connecting'; readonly attempt: number; readonly isRestart: boolean }
  | ({ readonly state: 'live' } & Live)
  | { readonly state: 'waiting'; readonly attempt: number; readonly nextAttemptAt: number; readonly isRestart: boolean }
  /** All attempts failed: a button calls `retry()`; a wake-up does too. */
  | { readonly state: 'disconnected'; readonly reason: string }
  /** The sign-in was refused; only `retry()` tries again. */
  | { readonly state: 'refused'; readonly code: string }
  | { readonly state: 'closed' };

/** What is known of an open connection to the chat gateway. */
export interface LiveConnection {
  readonly hello: ServerHello;
  readonly transport: TransportName;
}

/** What a page shows of its connection. */
export type ConnectionState = LinkState<LiveConnection>;
