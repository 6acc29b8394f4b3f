import { expect, it } from 'vitest';
import { environmentWithoutNpx } from './environment-without-npx.ts';

it('takes away what npx adds, and leaves what a person set', () => {
  const env = {
    PATH: '/home/ada/.npm/_npx/1/node_modules/.bin:/src/app/node_modules/.bin:/lib/npm/node-gyp-bin:/x/node_modules/.bin:/bin',
    INIT_CWD: '/src/app',
    npm_command: 'exec',
    npm_lifecycle_event: 'npx',
    npm_package_json: '/src/app/package.json',
    npm_config_local_prefix: '/src/app',
    npm_config_registry: 'https://registry.example.com/',
    HOME: '/home/ada',
  };
  expect(environmentWithoutNpx(env)).toEqual({
    PATH: '/x/node_modules/.bin:/bin',
    npm_config_registry: 'https://registry.example.com/',
    HOME: '/home/ada',
  });
});

it('changes nothing where npm did not start the command', () => {
  const env = { PATH: '/src/app/node_modules/.bin:/bin', npm_config_registry: 'https://registry.example.com/' };
  expect(environmentWithoutNpx(env)).toBe(env);
});
