import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { CommandId, LIMITS, newId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { useWholePath } from './test-support/use-whole-path.ts';
import { WsClient } from './test-support/ws-client.ts';

const own = useWholePath();
const attachmentsOf = (sessionId: SessionId) => `/api/providers/sessions/${sessionId}/attachments`;

it('[OPT1] [OPT3] an agent is prepared and configured over the socket', async () => {
  const sessionId = await own.createSession();
  const { url } = await own.gateway.record();
  const client = own.closing(new WsClient(`${url.replace('http', 'ws')}/ws?token=${own.gateway.token()}`));
  await client.opened();
  client.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
  const [prepared, configured] = [newId(CommandId), newId(CommandId)];
  client.send({ type: 'chat.prepare', sessionId, commandId: prepared });
  await client.frame('agent_ready', (frame) => frame['commandId'] === prepared);
  const option = { type: 'mode', modeId: 'code' };
  client.send({ type: 'chat.configure', sessionId, commandId: configured, option });
  const changed = await client.frame('option_changed');
  expect(changed).toMatchObject({ commandId: configured, option, by: { type: 'person' } });
});

it('[ATT1] a file is passed on to the host, and read back', async () => {
  const sessionId = await own.createSession();
  const bytes = new Uint8Array(randomBytes(2_000_000));
  const stored = await own.call('POST', attachmentsOf(sessionId), bytes);
  const attachment = createHash('sha256').update(bytes).digest('hex');
  expect(stored).toEqual({
    status: 201,
    json: { attachment, byteLength: bytes.length, mimeType: 'application/octet-stream' },
  });
  const { url } = await own.gateway.record();
  const headers = { authorization: `Bearer ${own.gateway.token()}` };
  const served = await fetch(`${url}${attachmentsOf(sessionId)}/${attachment}`, { headers });
  expect(Buffer.from(await served.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
});

it.each([
  ['that says so', true],
  ['that does not say how large it is', false],
])('[ATT2] a file over the limit is refused with its code: one %s', async (_what, announces) => {
  const sessionId = await own.createSession();
  const { url } = await own.gateway.record();
  const length = LIMITS.maxFileBytes + 1;
  const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sent = request(
      `${url}${attachmentsOf(sessionId)}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${own.gateway.token()}`,
          ...(announces ? { 'content-length': length } : { 'transfer-encoding': 'chunked' }),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, text }));
      },
    );
    sent.on('error', reject).end(Buffer.alloc(length));
  });
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'ATTACHMENT_TOO_LARGE' } });
  expect((await own.call('POST', attachmentsOf(sessionId), 'small')).status).toBe(201);
  expect(readdirSync(join(own.home, 'uploads'))).toEqual([]);
});

it("[AGT1] an agent's keys are set, and never told or logged", async () => {
  const change = JSON.stringify({ environment: { OPENAI_API_KEY: 'sk-very-secret' } });
  const changed = await own.call('PATCH', '/api/providers/codex/settings', change);
  expect(changed).toMatchObject({ status: 200, json: { provider: 'codex' } });
  const { json } = await own.call('GET', '/api/providers/codex/settings');
  expect(json.keys).toContainEqual(
    expect.objectContaining({ name: 'OPENAI_API_KEY', isSet: true, source: 'settings' }),
  );
  expect(JSON.stringify([changed, json]) + own.konsole.stderr + own.gateway.stderr).not.toContain('sk-very-secret');
  const bad = await own.call('PATCH', '/api/providers/codex/settings', '{"environment":{"KONUI_MARKER":"x"}}');
  expect(bad).toMatchObject({ status: 400, json: { error: { code: 'INVALID_MESSAGE' } } });
});

it('[ATT1] a file for a session that there is not is refused, however large it is', async () => {
  const refused = await own.call('POST', attachmentsOf(newId(SessionId)), new Uint8Array(20_000_000));
  expect(refused).toMatchObject({ status: 404, json: { error: { code: 'SESSION_NOT_FOUND' } } });
});
