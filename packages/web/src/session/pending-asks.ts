import type { PendingCommand } from '@konui/client';

/** The permissions and questions that these commands answer. */
export function answersIn(pending: readonly PendingCommand[]): ReadonlySet<string> {
  return new Set(
    pending.flatMap(({ frame }) =>
      frame.type === 'chat.permission-response' || frame.type === 'chat.elicitation-response' ? [frame.requestId] : [],
    ),
  );
}

/** The run that one of these commands stops. */
export function stopIn(pending: readonly PendingCommand[]): string | undefined {
  const frame = pending.findLast(({ type }) => type === 'chat.abort')?.frame;
  return frame?.type === 'chat.abort' ? frame.runId : undefined;
}
