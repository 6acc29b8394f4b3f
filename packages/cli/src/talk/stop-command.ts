import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { chooseSession } from './choose-session.ts';
import type { Talk, TalkWorld } from './talk-world.ts';
import { undelivered } from './undelivered.ts';

/** `konui stop <session>`: ends its run and waits until it has ended. */
export async function stopSession(
  talk: Talk,
  { session: named, asJson }: { session: string; asJson: boolean },
  { print, signal }: TalkWorld,
): Promise<void> {
  const session = await chooseSession(talk.api, named);
  const { sessionId, runId } = session;
  if (runId === null) throw new ExitError(`no run is open in ${sessionId}`, EXIT_CODES.failed);
  const connection = talk.openConnection();
  try {
    const ended = Promise.withResolvers<boolean>();
    signal.addEventListener('abort', () => ended.resolve(false), { once: true });
    connection.subscribe(sessionId, {
      from: { seq: session.lastSeq, ...(session.epoch === null ? {} : { epoch: session.epoch }) },
      onEvent: (event) => {
        if (event.kind === 'complete' && 'runId' in event && event['runId'] === runId) ended.resolve(true);
      },
      onError: (code, message) => ended.reject(new ExitError(message, EXIT_CODES.failed, { code })),
    });
    const outcome = await connection.abort(sessionId, { runId }).settled;
    if (outcome.state !== 'accepted') throw undelivered(outcome);
    if (!(await ended.promise)) throw new ExitError('interrupted; the run was asked to stop', EXIT_CODES.failed);
    print(asJson ? JSON.stringify({ sessionId, runId, stopped: true }) : `stopped the run of ${sessionId}`);
  } finally {
    connection.close();
  }
}
