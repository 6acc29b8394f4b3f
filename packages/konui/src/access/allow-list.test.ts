import { KonuiError } from '@konui/protocol';
import { expect, it } from 'vitest';
import { AllowList } from './allow-list.ts';
import { createClientRequestReader } from './client-request.ts';
import { describeDevice } from './describe-device.ts';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

function read(headers: Record<string, string>, { url = '/', from = '127.0.0.1', trusted = [] as string[] } = {}) {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: from });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, headers);
  request.url = url;
  return createClientRequestReader(trusted)(request);
}

function codeOf(check: () => void): string {
  try {
    check();
    return 'ok';
  } catch (error) {
    return error instanceof KonuiError ? error.code : 'other';
  }
}

it.each([
  ['127.0.0.1', 4680, '127.0.0.1:4680', 'ok'],
  ['127.0.0.1', 4680, 'LOCALHOST:4680', 'ok'],
  ['127.0.0.1', 4680, '[::1]:4680', 'ok'],
  ['127.0.0.1', 4680, '127.0.0.1', 'HOST_NOT_ALLOWED'],
  ['127.0.0.1', 80, '127.0.0.1', 'ok'],
  ['0.0.0.0', 4680, '0.0.0.0:4680', 'HOST_NOT_ALLOWED'],
  ['0.0.0.0', 4680, '192.168.1.5:4680', 'HOST_NOT_ALLOWED'],
  ['192.168.1.5', 4680, '192.168.1.5:4680', 'ok'],
  ['127.0.0.1', 4680, 'any.example:1234', 'ok'],
  ['127.0.0.1', 4680, 'port.example:1234', 'HOST_NOT_ALLOWED'],
  ['127.0.0.1', 4680, 'port.example:8443', 'ok'],
  ['127.0.0.1', 4680, 'sub.any.example', 'HOST_NOT_ALLOWED'],
])('[ACC3] on %s:%i the Host %s is %s', (host, port, named, verdict) => {
  const list = new AllowList({ host, port, allowedHosts: ['any.example', 'port.example:8443'], allowedOrigins: [] });
  const request = read({ host: named });
  expect(request).toBeDefined();
  if (request !== undefined) expect(codeOf(() => list.checkHost(request))).toBe(verdict);
});

it.each<Record<string, string>>([{ host: '' }, { host: 'a b' }, { host: 'a/b' }, { host: 'user@a' }, {}])(
  'understands no request with the headers %j',
  (headers) => {
    expect(read(headers)).toBeUndefined();
  },
);

it('does not take a path for a host', () => {
  expect(read({ host: 'a.example' }, { url: '//b.example/x' })?.url.host).toBe('a.example');
  expect(read({ host: 'a.example' }, { url: 'http://b.example/x' })).toBeUndefined();
});

it('[ACC4] takes only loopback and trusted proxies for the platform, and finds the client behind them', () => {
  const trusted = ['10.0.0.0/8'];
  expect(read({ host: 'a' }, { from: '192.168.1.9', trusted })).toMatchObject({
    isFromPlatform: false,
    address: '192.168.1.9',
  });
  expect(read({ host: 'a' }, { from: '::ffff:127.0.0.1', trusted })).toMatchObject({ isFromPlatform: true });
  const forwarded = { host: 'a', 'x-forwarded-for': '1.1.1.1, 2.2.2.2, 10.0.0.7' };
  expect(read(forwarded, { from: '10.0.0.1', trusted })).toMatchObject({ isFromPlatform: true, address: '2.2.2.2' });
  expect(read(forwarded, { from: '3.3.3.3', trusted })).toMatchObject({ isFromPlatform: false, address: '3.3.3.3' });
});

it.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge on Windows',
  ],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', undefined],
])('names the device of %s %s', (agent, device) => {
  const request = read({ host: 'a', 'user-agent': agent });
  if (request !== undefined) expect(describeDevice(request)).toBe(device);
});
