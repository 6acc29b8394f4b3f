import { expect, it } from 'vitest';
import { environmentOfParts, parseCommandLine } from './config.ts';

it('starts with the documented defaults when nothing is said', () => {
  expect(parseCommandLine([], {})).toMatchObject({
    command: 'start',
    home: expect.stringMatching(/\/\.konui$/),
    options: { port: 4680, host: '127.0.0.1', logLevel: 'info', opensBrowser: true, gatewayFlags: [] },
  });
});

it('takes every setting from the environment', () => {
  const env = {
    KONUI_PORT: '5000',
    KONUI_HOST: '::1',
    KONUI_HOME: '/srv/konui',
    KONUI_NO_OPEN: '1',
    KONUI_LOG_LEVEL: 'debug',
    KONUI_ALLOWED_HOSTS: 'konui.example.com',
    KONUI_PLATFORM_USER: 'ada',
  };
  expect(parseCommandLine(['start'], env)).toEqual({
    command: 'start',
    home: '/srv/konui',
    options: {
      port: 5000,
      host: '::1',
      logLevel: 'debug',
      opensBrowser: false,
      gatewayFlags: ['--allowed-hosts', 'konui.example.com', '--platform-user', 'ada'],
    },
  });
});

it('lets a flag win over the environment', () => {
  const line = parseCommandLine(['start', '--port', '1', '--home=/a'], { KONUI_PORT: '2', KONUI_HOME: '/b' });
  expect(line).toMatchObject({ home: '/a', options: { port: 1 } });
});

it('counts an empty variable as none', () => {
  expect(parseCommandLine([], { KONUI_PORT: '', KONUI_NO_OPEN: '' })).toMatchObject({
    options: { port: 4680, opensBrowser: true },
  });
});

it('opens no browser on a build server', () => {
  expect(parseCommandLine([], { CI: 'true' })).toMatchObject({ options: { opensBrowser: false } });
});

it.each([
  [['--help'], undefined],
  [['help'], undefined],
  [['start', '--help'], 'start'],
  [['stop', '-h'], 'stop'],
  [['help', 'status'], 'status'],
])('%j asks for help', (args, topic) => {
  expect(parseCommandLine(args, {})).toEqual({ command: 'help', topic });
});

it.each([
  [['--colour'], /--colour/],
  [['launch'], /no command "launch"/],
  [['start', 'here'], /no argument "here"/],
  [['start', '--home='], /--home is empty/],
  [['stop', '--port', '1'], /konui stop has no flag --port/],
  [['--port', 'http'], /--port must be a number from 0 to 65535, not "http"/],
  [['--port', '70000'], /not "70000"/],
  [['--port'], /--port/],
  [['--log-level', 'loud'], /--log-level must be one of/],
])('refuses %j in one line, with exit code 2', (args, message) => {
  let refusal: unknown;
  try {
    parseCommandLine(args, {});
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  expect(String(refusal)).not.toContain('\n');
});

it('keeps the mark of a run from gateway and host', () => {
  expect(environmentOfParts({ KONUI_MARKER: 'a:b', PATH: '/bin', GONE: undefined })).toEqual({ PATH: '/bin' });
});
