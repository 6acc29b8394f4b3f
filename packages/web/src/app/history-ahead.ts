import type { Api } from '@konui/client';

/**
 * Asks for the end of the session that `path` names at once, while the code that shows it is still on its way. Who asks
 * first for that end gets this answer; everything else is asked for as ever.
 */
export function fetchHistoryAhead(api: Api, path: string): Api {
  const named = /^\/s\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (named === undefined) return api;
  let ahead: ReturnType<Api['sessions']['history']> | undefined = api.sessions.history(named);
  // Whoever asks for it hears of a failure; it may be that nobody does.
  ahead.catch(() => undefined);
  const history: Api['sessions']['history'] = (sessionId, page = {}, signal) => {
    const isEnd = page.before === undefined && page.bytes === undefined;
    if (ahead === undefined || sessionId !== named || !isEnd) return api.sessions.history(sessionId, page, signal);
    const answer = ahead;
    ahead = undefined;
    return answer;
  };
  return { ...api, sessions: { ...api.sessions, history } };
}
