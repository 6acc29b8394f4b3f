import { chooseSession } from './choose-session.ts';
import { followSession } from './follow-session.ts';
import type { Talk, TalkWorld } from './talk-world.ts';

/** `konui tail`: what a session does from now on (or after a seq), until Ctrl-C. */
export async function tailSession(
  talk: Talk,
  { session: named, after, asJson }: { session: string | undefined; after: number | undefined; asJson: boolean },
  world: TalkWorld,
): Promise<void> {
  const { sessionId, lastSeq } = await chooseSession(talk.api, named);
  const connection = talk.openConnection();
  try {
    await followSession(connection, { sessionId, after: after ?? lastSeq, asJson, isLast: () => false }, world);
  } finally {
    connection.close();
  }
}
