/** What a person changes about waiting prompts. */
export type QueueChange =
  | { readonly action: 'hold' | 'resume' }
  | { readonly action: 'remove' | 'send_now'; readonly promptId: string; readonly queueVersion: number }
  | {
      readonly action: 'move';
      readonly promptId: string;
      readonly queueVersion: number;
      readonly before: string | null;
    }
  | { readonly action: 'edit'; readonly promptId: string; readonly queueVersion: number; readonly content: string };

/** A frame that asks for something, as it goes over the wire. */
export type CommandFrame = { readonly sessionId: string } & (
  | { readonly type: 'chat.send'; readonly clientMessageId: string; readonly content: string }
  | { readonly type: 'chat.abort'; readonly commandId: string; readonly runId?: string }
  | {
      readonly type: 'chat.permission-response';
      readonly commandId: string;
      readonly requestId: string;
      readonly allow: boolean;
    }
  | { readonly type: 'chat.queue'; readonly commandId: string; readonly change: QueueChange }
);

export const commandIdOf = (frame: CommandFrame): string =>
  frame.type === 'chat.send' ? frame.clientMessageId : frame.commandId;

/** What a client has of one session: the log's lines from the first one. */
export interface Seen {
  readonly lines: readonly string[];
}

/** A person's window onto the sessions, as the driver uses it. */
export interface ChaosClient {
  readonly name: string;
  /** What must never happen and did, in words. */
  readonly violations: readonly string[];
  /** Commands that the server has acknowledged here. */
  readonly accepted: ReadonlySet<string>;
  /** Commands that the server has refused for good. */
  readonly refused: ReadonlySet<string>;
  /** Commands that this client keeps until they are answered; `undefined` from one that promises nothing. */
  readonly promised: ReadonlySet<string> | undefined;
  readonly isBusy: boolean;
  watch(sessionId: string): void;
  /** The session is over for this driver. */
  forget(sessionId: string): void;
  isWatching(sessionId: string): boolean;
  seen(sessionId: string): Seen;
  /** Asks; answers with the frame as it was sent, where the client chooses ids itself. */
  command(frame: CommandFrame): CommandFrame;
  /** What was acknowledged, refused and promised until now has been checked. */
  forgetCommands(): void;
  /** Looks at once whether the connection still stands, as a browser does when its tab comes to the front. */
  nudge(): void;
  /** Begins anew as after a reload of the page, or another connection; answers with how. */
  reload(): string;
  /** One line for a dump. */
  describe(): string;
  close(): void;
}
