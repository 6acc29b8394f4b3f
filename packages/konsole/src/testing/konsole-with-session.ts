import { CommandId, type HomePaths, newId, SessionInfo, sessionPaths } from '@konui/protocol';
import { type Answer, KonsoleProcess } from './konsole-process.ts';
import { createTempHome } from './temp-home.ts';

export const by = { type: 'person', device: 'test' };

/** A konsole with one session of the demo agent. */
export async function startKonsole(paths: HomePaths = createTempHome()) {
  const konsole = await new KonsoleProcess(paths).start();
  const created = await konsole.post('/sessions', { provider: 'demo', projectPath: paths.home });
  const session = SessionInfo.parse(created.json);
  const at = (rest: string) => `/sessions/${session.sessionId}${rest}`;
  return {
    paths,
    konsole,
    session,
    files: sessionPaths(paths, session.sessionId),
    /** The path of something of the session. */
    at,
    prompt: (content: unknown, commandId = newId(CommandId)): Promise<Answer> =>
      konsole.post(at('/prompt'), { commandId, by, content }),
    stream: (headers: Record<string, string> = {}) => konsole.stream(at('/stream'), headers),
  };
}
