import type { Connection } from '@konui/client';
import type { SessionEvent } from '@konui/protocol';
import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { printedEvent } from './print-event.ts';
import type { TalkWorld } from './talk-world.ts';

export interface FollowOptions {
  readonly sessionId: string;
  /** Everything after this seq is printed. */
  readonly after: number;
  /** Log lines as they stand, instead of what a person reads. */
  readonly asJson: boolean;
  /** The following ends with the first event for which this is true. */
  readonly isLast: (event: SessionEvent) => boolean;
}

/** Prints a session's events as they come, over reconnects, until the last one or Ctrl-C; resolves with that event. */
export async function followSession(
  connection: Connection,
  { sessionId, after, asJson, isLast }: FollowOptions,
  { print, write, signal }: TalkWorld,
): Promise<SessionEvent | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<SessionEvent | undefined>();
  let isInText = false;
  const onAbort = (): void => resolve(undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  const unsubscribe = connection.subscribe(sessionId, {
    from: { seq: after },
    onEvent(event, line) {
      if (asJson) print(line);
      else {
        const printed = printedEvent(event);
        if (printed?.isLine === true && isInText) write('\n');
        if (printed !== undefined) {
          if (printed.isLine) print(printed.text);
          else write(printed.text);
          isInText = !printed.isLine;
        }
      }
      if (isLast(event)) resolve(event);
    },
    onError: (code, message) => reject(new ExitError(message, EXIT_CODES.failed, { code })),
  });
  const stopWatching = connection.onState((state) => {
    if (state.state === 'refused')
      reject(new ExitError('the sign-in was refused; name a token with --token', EXIT_CODES.failed));
    if (state.state === 'disconnected')
      reject(new ExitError(`konui cannot be reached: ${state.reason}`, EXIT_CODES.notRunning));
  });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
    stopWatching();
    unsubscribe();
  }
}
