import type { ConsoleClientMessage, ConsoleServerMessage, Cursor } from '@konui/protocol';
import type { ConnectionOptions } from '../connection/connection-options.ts';
import type { LinkState } from '../connection/connection-state.ts';
import type { Credentials } from '../connection/sign-in.ts';
import type { CommandHandle } from '../outbox/pending-command.ts';
import type { OutgoingConsoleMessage } from './pending-console-message.ts';

type SharedOptions = Pick<
  ConnectionOptions,
  'WebSocket' | 'fetch' | 'clock' | 'random' | 'wakeUps' | 'tab' | 'onListenerError'
>;

export type ConsoleOptions = Credentials &
  SharedOptions & {
    /** `ws(s)://…/api/console/ws`, or the same address with http(s). */
    readonly url: string;
    /** Default: the session that changed last, or a new one where there is none (SPEC CON2). */
    readonly session?: string;
    /** The agent and the project that the session has to have, or is made with (SPEC CON2, CON11). */
    readonly agent?: string;
    readonly project?: string;
    /** The caller knows `session` up to here: a `cursor` of an earlier page. Default: only what is new is heard. */
    readonly after?: Cursor;
    /** `binary`: listeners get the bytes of the images that a message shows (SPEC CON10). Default: `url`. */
    readonly images?: 'url' | 'binary';
  };

/** Of one type. */
export type ConsoleMessage<Type extends ConsoleServerMessage['type']> = Extract<ConsoleServerMessage, { type: Type }>;

/** What listeners may ask for: the others are between the socket and this client. */
export type ConsoleMessageType = Exclude<ConsoleServerMessage['type'], 'pong' | 'accepted' | 'image_stored'>;

/** Bytes of a message's images, in their order; undefined where they were not sent. */
export type ImageBytes = readonly (Uint8Array<ArrayBuffer> | undefined)[];

export type ConsoleMessageListener<Type extends ConsoleMessageType> = (
  message: ConsoleMessage<Type>,
  images: ImageBytes,
) => void;

export interface ConsolePromptOptions {
  /** A UUID; a prompt with the same id is done once. Default: a new one. */
  readonly id?: string;
  /** PNG, JPEG, GIF or WebP, sent as they are. */
  readonly images?: readonly Uint8Array<ArrayBuffer>[];
}

export type ConsoleInjectOptions = Pick<
  Extract<ConsoleClientMessage, { type: 'inject' }>,
  'policy' | 'origin' | 'idempotencyKey'
> &
  Pick<ConsolePromptOptions, 'images'>;

/** One of `optionId` and `allow`. */
export interface ConsolePermissionChoice {
  readonly optionId?: string;
  readonly allow?: boolean;
}

/** What was asked for and is not answered yet. */
export interface PendingConsoleMessage {
  readonly commandId: string;
  readonly message: OutgoingConsoleMessage;
  /** It is on its way, or waits until it can be sent. */
  readonly isSent: boolean;
  /** Why the last attempt failed; it is being tried again. */
  readonly lastError: { readonly code: string; readonly message: string } | undefined;
}

/**
 * One session over the console's WebSocket (SPEC CON), for as long as it is wanted: opened again whenever it is lost,
 * with nothing missing and nothing doubled. Every `on…` answers with its removal.
 */
export interface ConsoleSocket {
  /** `live`: the server has said something. */
  readonly state: LinkState;
  onState(listener: (state: LinkState) => void): () => void;
  /** Opens the socket; calling it again changes nothing (A8). */
  connect(): void;
  /** Tries now, also after `disconnected` and `refused`. */
  retry(): void;
  /** Closes the socket, unless others in the tab still use it. What is pending is not sent any more. */
  close(): void;
  /** Known from the first `session` message on; every later socket is for the same one. */
  readonly sessionId: string | undefined;
  /** Up to where listeners have heard the session: what `after` and `session` take when the page is loaded anew. */
  readonly cursor: Cursor | undefined;
  /**
   * Messages of this type, each once and in order over all reconnects. `session` comes again with every socket and
   * epoch; errors of what this console asked for are in its handle, until that is settled.
   */
  onMessage<Type extends ConsoleMessageType>(type: Type, listener: ConsoleMessageListener<Type>): () => void;
  /** What was heard is no longer true; everything follows from the session's first event (SPEC CON3). */
  onReset(listener: () => void): () => void;
  /** Prompts the session. Settled when it stands in the session's inbox, whichever socket carried it. */
  prompt(text: string, options?: ConsolePromptOptions): CommandHandle;
  /** Pushes a prompt of a script (SPEC INJ); it comes back as `inject_prompt`. */
  inject(text: string, options?: ConsoleInjectOptions): CommandHandle;
  /** Answers a `permission_request`; while that answer is pending, another one changes nothing. */
  permission(requestId: string, choice: ConsolePermissionChoice): CommandHandle;
  /** Stops the run that is open. Settled when it has ended; dropped where it could not be sent for a minute. */
  cancel(): CommandHandle;
  /** Oldest first. */
  pending(): PendingConsoleMessage[];
  onPendingChange(listener: () => void): () => void;
}
