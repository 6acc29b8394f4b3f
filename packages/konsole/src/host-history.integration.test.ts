import { HistoryAnswer, newId, SearchAnswer, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { KonsoleProcess } from './testing/konsole-process.ts';
import { startKonsole } from './testing/konsole-with-session.ts';
import { untilSettled } from './testing/session-log.ts';

it('[HIST1] [SRCH4] history and search hold what runs left behind, also for a host that was killed and came back', async () => {
  const { konsole, paths, files, session, at, prompt, stream } = await startKonsole();
  const live = await stream();
  await prompt('/stream 20 quintessence');
  await live.untilKind('complete');
  const events = await untilSettled(files);
  const tail = HistoryAnswer.parse((await konsole.get(at('/history'))).json);
  expect(tail.lastSeq).toBe(events.length);
  expect(tail.state?.lastRun?.success).toBe(true);
  const find = async (host: KonsoleProcess): Promise<SearchAnswer> => {
    for (;;) {
      const answer = SearchAnswer.parse((await host.get('/search?q=quintess')).json);
      if (answer.hits.length > 1) return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const found = await find(konsole);
  expect(found.hits.map(({ kind }) => kind)).toContain('prompt');
  expect(found.hits.map(({ sessionId }) => sessionId)).toContain(session.sessionId);

  await konsole.end('SIGKILL');
  const next = await new KonsoleProcess(paths).start();
  const again = HistoryAnswer.parse((await next.get(at('/history'))).json);
  expect(again.events.at(-1)?.seq).toBe(again.lastSeq);
  expect((await find(next)).hits).toHaveLength(found.hits.length);
  await next.delete(at(''));
  expect(SearchAnswer.parse((await next.get('/search?q=quintess')).json).hits).toEqual([]);
  expect((await next.get(at('/history'))).status).toBe(410);
});

it('[HIST2] refuses what is no page and no session', async () => {
  const { konsole, at } = await startKonsole();
  for (const query of ['before=x', 'bytes=-1', 'before=1.5']) {
    expect([query, (await konsole.get(at(`/history?${query}`))).status]).toEqual([query, 400]);
  }
  expect((await konsole.get(`/sessions/${newId(SessionId)}/history`)).status).toBe(404);
  expect((await konsole.get('/search')).status).toBe(400);
  expect((await konsole.get('/search?q=x&cursor=y')).status).toBe(400);
});
