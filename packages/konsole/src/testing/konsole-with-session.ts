import { CommandId, type HomePaths, newId, SessionInfo, sessionPaths } from '@konui/protocol';
import { type Answer, KonsoleProcess } from './konsole-process.ts';
import { createTempHome } from './temp-home.ts';

export const by = { type: 'person', device: 'test' };

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** One of agents.json; the demo agent unless told otherwise. */
  readonly provider?: string;
}

/** A konsole with one session. */
export async function startKonsole(
  paths: HomePaths = createTempHome(),
  { env = {}, provider = 'demo' }: StartOptions = {},
) {
  const konsole = await new KonsoleProcess(paths, [], env).start();
  const created = await konsole.post('/sessions', { provider, projectPath: paths.home });
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
    queue: (change: unknown, commandId = newId(CommandId)): Promise<Answer> =>
      konsole.post(at('/queue'), { commandId, by, change }),
    stream: (headers: Record<string, string> = {}) => konsole.stream(at('/stream'), headers),
  };
}
