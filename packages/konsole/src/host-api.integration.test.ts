import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandId, HostHealth, LIMITS, newId, ProviderInfo, RequestId, SessionId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { KonsoleProcess } from './testing/konsole-process.ts';
import { by, startKonsole } from './testing/konsole-with-session.ts';
import { createTempHome, createTempSession } from './testing/temp-home.ts';

const failure = (code: string) => ({ error: { code, message: expect.any(String) } });

describe('the list', () => {
  it('[HOST1] says that it lives, which agents there are, and which sessions', async () => {
    const { konsole, session, paths } = await startKonsole();
    const health = HostHealth.parse((await konsole.get('/healthz')).json);
    expect(health).toMatchObject({ home: paths.home, sessions: 1, running: 0 });
    const { json } = await konsole.get('/providers');
    expect(json).toEqual({
      providers: expect.arrayContaining([expect.objectContaining({ provider: 'demo', isDemo: true })]),
    });
    z.array(ProviderInfo).parse(Object.values(Object(json))[0]);
    expect((await konsole.get('/sessions')).json).toEqual({ sessions: [session] });
    expect((await konsole.get(`/sessions/${session.sessionId}`)).json).toEqual(session);
  });

  it('[HOST5] answers the same creation with the same session, and another with a conflict', async () => {
    const { konsole, paths } = await startKonsole();
    const request = { sessionId: newId(SessionId), provider: 'demo', projectPath: paths.home };
    const [one, other] = await Promise.all([konsole.post('/sessions', request), konsole.post('/sessions', request)]);
    expect(new Set([one.status, other.status])).toEqual(new Set([200, 201]));
    expect(one.json).toEqual(other.json);
    expect((await konsole.post('/sessions', { ...request, projectPath: `${paths.home}/` })).status).toBe(200);
    const conflict = await konsole.post('/sessions', { ...request, projectPath: paths.sessions });
    expect(conflict.status).toBe(409);
    expect(conflict.json).toEqual(failure('IDEMPOTENCY_CONFLICT'));
  });

  it('[HOST6] reads what runs without starting anything', async () => {
    const { konsole, files } = await startKonsole();
    expect((await konsole.get('/sessions/running')).json).toEqual({ sessions: [] });
    expect(() => readFileSync(files.log)).toThrow('ENOENT');
    expect(() => readFileSync(files.lock)).toThrow('ENOENT');
  });

  it('[HOST7] tells of one session at a time when its row changes', async () => {
    const { konsole, prompt, session } = await startKonsole();
    const feed = await konsole.stream('/feed');
    await prompt('/stream 20');
    await feed.until(({ data }) => data.includes('"status":"working"'));
    await feed.until(({ data }) => data.includes('"status":"idle"') && data.includes('"stopReason":"end_turn"'));
    for (const { data } of feed.messages) {
      const message: unknown = JSON.parse(data);
      expect(message).toMatchObject({ type: 'session_upserted', session: { sessionId: session.sessionId } });
    }
  });
});

describe('history and streams', () => {
  it('[HOST3] pages forwards and backwards through the bytes of the log', async () => {
    const { konsole, at, prompt, files } = await startKonsole();
    const stream = await konsole.stream(at('/stream'));
    await prompt('/stream 30');
    await stream.untilKind('complete');
    const lines = readFileSync(files.log, 'utf8').split('\n').slice(0, -1);
    const read = async (query: string) => {
      const answer = await konsole.get(at(`/events?${query}`));
      expect(answer.headers['konui-last-seq']).toBe(String(lines.length));
      expect(answer.headers['konui-epoch']).toBe(JSON.parse(lines[0] ?? '').epoch);
      return { lines: answer.text.split('\n').slice(0, -1), more: answer.headers['konui-more'] };
    };
    expect(await read('')).toEqual({ lines, more: 'false' });
    expect(await read('after=3&limit=2')).toEqual({ lines: lines.slice(3, 5), more: 'true' });
    expect(await read(`after=${lines.length}`)).toEqual({ lines: [], more: 'false' });
    expect(await read('before=6&limit=2')).toEqual({ lines: lines.slice(3, 5), more: 'true' });
    expect(await read('before=3')).toEqual({ lines: lines.slice(0, 2), more: 'false' });
    expect(await read('limit=999999')).toEqual({ lines, more: 'false' });
  });

  it('[HOST4] goes on after Last-Event-ID, and sends each reader the bytes of the log', async () => {
    const { konsole, at, prompt, files } = await startKonsole();
    const first = await konsole.stream(at('/stream'));
    await prompt('/stream 200');
    const somewhere = await first.until(({ id }) => id.endsWith(':9'));
    const resumed = await konsole.stream(at('/stream?after=1'), { 'last-event-id': somewhere.id });
    const second = await konsole.stream(at('/stream?after=0'));
    await Promise.all([first, resumed, second].map((stream) => stream.untilKind('complete')));
    const lines = readFileSync(files.log, 'utf8').split('\n').slice(0, -1);
    const { length } = first.lines;
    expect(first.lines).toEqual(lines.slice(0, length));
    expect(second.lines.slice(0, length)).toEqual(lines.slice(0, length));
    expect(resumed.lines.slice(0, length - 9)).toEqual(lines.slice(9, length));
    expect(resumed.messages[0]).toMatchObject({ event: 'opened', data: expect.stringContaining('"cursor":"ok"') });
  });

  it('[HOST4] [EVT3] does not end when runs begin and end', async () => {
    const { konsole, at, prompt } = await startKonsole();
    const stream = await konsole.stream(at('/stream'));
    const isEndOf = (n: number) => () => stream.lines.filter((line) => line.includes('"kind":"complete"')).length === n;
    await prompt('/stream 3');
    await stream.until(isEndOf(1));
    await prompt('/crash');
    await stream.until(isEndOf(2));
    await prompt('/stream 3');
    await stream.until(isEndOf(3));
    expect(stream.lines.at(-1)).toContain('"success":true');
  });
});

describe('bad input', () => {
  it('[HOST2] gets an error with its code at every edge, and harms nothing', async () => {
    const { konsole, at, paths, prompt } = await startKonsole();
    const unknown = newId(SessionId);
    const command = { commandId: newId(CommandId), by, content: 'x' };
    const create = { provider: 'demo', projectPath: paths.home };
    const posts: [string, unknown, number, string][] = [
      ['/sessions', '{', 400, 'INVALID_JSON'],
      ['/sessions', '', 400, 'INVALID_JSON'],
      ['/sessions', [], 400, 'INVALID_MESSAGE'],
      ['/sessions', '['.repeat(1000) + ']'.repeat(1000), 400, 'INVALID_MESSAGE'],
      ['/sessions', { ...create, provider: 'Claude Code!' }, 400, 'INVALID_MESSAGE'],
      ['/sessions', { ...create, provider: 'nobody' }, 400, 'UNSUPPORTED_PROVIDER'],
      ['/sessions', { ...create, projectPath: join(paths.home, 'missing') }, 400, 'PROJECT_NOT_FOUND'],
      ['/sessions', { ...create, projectPath: paths.lock }, 400, 'PROJECT_NOT_FOUND'],
      ['/sessions', { ...create, projectPath: '.' }, 400, 'PROJECT_NOT_FOUND'],
      ['/sessions', { ...create, projectPath: '/tmp\0/x' }, 400, 'PROJECT_NOT_FOUND'],
      ['/sessions', { ...create, sessionId: '../../etc' }, 400, 'INVALID_MESSAGE'],
      [`/sessions/${unknown}/prompt`, command, 404, 'SESSION_NOT_FOUND'],
      ['/sessions/..%2Fx/prompt', command, 404, 'SESSION_NOT_FOUND'],
      [at('/prompt'), { ...command, commandId: 'x' }, 400, 'INVALID_MESSAGE'],
      [at('/prompt'), { ...command, content: '' }, 400, 'INVALID_MESSAGE'],
      [
        at('/prompt'),
        { ...command, content: [{ type: 'image', mimeType: 'image/png', data: 'no base64!' }] },
        400,
        'INVALID_MESSAGE',
      ],
      [
        at('/prompt'),
        { ...command, content: [{ type: 'image', mimeType: 'image/png', data: 'AAAA' }] },
        415,
        'ATTACHMENT_TYPE',
      ],
      [at('/prompt'), { ...command, by: { type: 'nobody' } }, 400, 'INVALID_MESSAGE'],
      [at('/stop'), { by }, 400, 'INVALID_MESSAGE'],
      [at('/permission'), { commandId: newId(CommandId), by, requestId: newId(RequestId) }, 400, 'INVALID_MESSAGE'],
      [
        at('/permission'),
        { commandId: newId(CommandId), by, requestId: newId(RequestId), allow: true },
        409,
        'PERMISSION_NOT_FOUND',
      ],
      [at('/nothing'), {}, 404, 'NOT_FOUND'],
    ];
    for (const [path, body, status, code] of posts) {
      const answer = await konsole.post(path, body);
      expect({ path, body, status: answer.status, json: answer.json }).toEqual({
        path,
        body,
        status,
        json: failure(code),
      });
    }
    const gets: [string, number, string][] = [
      [`/sessions/${unknown}`, 404, 'SESSION_NOT_FOUND'],
      [`/sessions/${unknown}/state`, 404, 'SESSION_NOT_FOUND'],
      [`/sessions/${unknown}/events`, 404, 'SESSION_NOT_FOUND'],
      [`/sessions/${unknown}/stream`, 404, 'SESSION_NOT_FOUND'],
      [at('/events?after=-1'), 400, 'INVALID_MESSAGE'],
      [at('/events?after=1&before=2'), 400, 'INVALID_MESSAGE'],
      [at('/events?limit=0'), 400, 'INVALID_MESSAGE'],
      [at('/stream?after=x'), 400, 'INVALID_MESSAGE'],
      ['/', 404, 'NOT_FOUND'],
    ];
    for (const [path, status, code] of gets) {
      const answer = await konsole.get(path);
      expect({ path, status: answer.status, json: answer.json }).toEqual({ path, status, json: failure(code) });
    }
    const badCursor = await konsole.get(at('/stream'), { 'last-event-id': 'nonsense' });
    expect(badCursor).toMatchObject({ status: 400, json: failure('INVALID_MESSAGE') });
    expect((await prompt('/stream 1')).status).toBe(202);
  });

  it('[HOST2] refuses a body that is too large', async () => {
    const { konsole, prompt } = await startKonsole();
    const refused = await prompt('x'.repeat(LIMITS.maxFrameBytes));
    expect(refused.status).toBe(413);
    expect(refused.json).toEqual(failure('FRAME_TOO_LARGE'));
    expect((await konsole.get('/healthz')).status).toBe(200);
  });

  it('says 410 for a session that was deleted', async () => {
    const paths = createTempHome();
    const temp = createTempSession(paths);
    writeFileSync(temp.files.session, JSON.stringify({ ...temp.record, deleted: true }));
    const konsole = await new KonsoleProcess(paths).start();
    const command = { commandId: newId(CommandId), by, content: 'x' };
    const gone = await konsole.post(`/sessions/${temp.sessionId}/prompt`, command);
    expect(gone.status).toBe(410);
    expect(gone.json).toEqual(failure('SESSION_GONE'));
    expect((await konsole.get('/sessions')).json).toEqual({ sessions: [] });
  });

  it('says AGENTS_FILE_INVALID when agents.json breaks while it runs', async () => {
    const { konsole, paths } = await startKonsole();
    writeFileSync(paths.agentsFile, '{');
    expect((await konsole.get('/providers')).json).toEqual(failure('AGENTS_FILE_INVALID'));
    rmSync(paths.agentsFile);
    expect((await konsole.get('/providers')).status).toBe(200);
  });
});
