import { expect, it } from 'vitest';
import { EndpointGuard } from './endpoint-guard.ts';

it('[PUSH2] a name that resolves to a private address is not connected to, whatever was said of it before', async () => {
  const resolve = (guard: EndpointGuard, all: boolean) =>
    new Promise((done) => guard.lookup('localhost', { all }, (error, addresses) => done(error?.message ?? addresses)));
  for (const all of [true, false]) {
    expect(await resolve(new EndpointGuard({ allowsPrivate: false }), all)).toContain('private network');
    expect(JSON.stringify(await resolve(new EndpointGuard({ allowsPrivate: true }), all))).toMatch(/127\.0\.0\.1|::1/);
  }
});

it.each(['8.8.8.8', '172.15.0.1', '192.169.0.1', '2a00:1450:4001::200e'])('[PUSH2] %s is public', (address) => {
  expect(new EndpointGuard({ allowsPrivate: false }).allows(address)).toBe(true);
});

it.each([
  '0.0.0.0',
  '100.64.0.1',
  '172.31.255.255',
  '255.255.255.255',
  '::',
  '64:ff9b::a00:1',
  'fe80::1',
  'fec0::1',
  '::ffff:10.0.0.1',
])('[PUSH2] %s is not', (address) => {
  expect(new EndpointGuard({ allowsPrivate: false }).allows(address)).toBe(false);
});
