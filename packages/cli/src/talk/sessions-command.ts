import type { SessionInfo } from '@konui/protocol';
import type { Talk, TalkWorld } from './talk-world.ts';

/** `konui sessions`: one line each, those that changed last first. */
export async function listSessions(
  { api }: { readonly api: { readonly sessions: Pick<Talk['api']['sessions'], 'list' | 'running'> } },
  { asJson, isRunningOnly }: { asJson: boolean; isRunningOnly: boolean },
  { print }: Pick<TalkWorld, 'print'>,
): Promise<void> {
  const listed = await (isRunningOnly ? api.sessions.running() : api.sessions.list());
  const sessions = listed
    // What runs is listed wherever it was put.
    .filter(({ archived, status }) => !archived || status !== 'idle')
    .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt));
  if (asJson) return print(JSON.stringify(sessions, null, 2));
  if (sessions.length === 0) print(isRunningOnly ? 'no session runs' : 'there are no sessions');
  for (const session of sessions) print(toLine(session));
}

function toLine({ sessionId, status, provider, title, projectPath }: SessionInfo): string {
  return `${sessionId}  ${status.padEnd(8)}  ${provider.padEnd(8)}  ${title ?? '(untitled)'}  ${projectPath}`;
}
