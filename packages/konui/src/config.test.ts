import { expect, it } from 'vitest';
import { parseConfig } from './config.ts';

it('reads flags before the environment before defaults', () => {
  const config = parseConfig(['konui', '--home', '/h', '--port', '0', '--allowed-hosts', 'a.example, B.example:8443'], {
    KONUI_PORT: '99',
    KONUI_LOG_LEVEL: 'warn',
    KONUI_ALLOWED_ORIGINS: 'https://a.example/',
  });
  expect(config).toMatchObject({
    home: '/h',
    port: 0,
    host: '127.0.0.1',
    logLevel: 'warn',
    platformUser: undefined,
    trustedProxies: [],
    allowedHosts: ['a.example', 'b.example:8443'],
    allowedOrigins: ['https://a.example'],
  });
});

it.each([
  ['--port', 'x'],
  ['--port', '65536'],
  ['--host', '999.1.1.1'],
  ['--host', 'a b'],
  ['--host', 'localhost:80'],
  ['--home', 'relative'],
  ['--log-level', 'loud'],
  ['--allowed-hosts', 'http://a.example'],
  ['--allowed-origins', 'a.example'],
  ['--allowed-origins', 'https://a.example/path'],
  ['--trusted-proxies', '10.0.0.0/33'],
  ['--trusted-proxies', 'proxy'],
  ['--unknown', 'x'],
])('refuses %s %s with exit code 78', (flag, value) => {
  expect(() => parseConfig(['konui', '--home', '/h', flag, value], {})).toThrow(
    expect.objectContaining({ exitCode: 78 }),
  );
});
