import { expect, it } from 'vitest';
import { parseServiceUnit } from './service-unit.ts';

it('finds the service that a process runs in', () => {
  expect(parseServiceUnit('0::/system.slice/konui.service\n')).toEqual({ name: 'konui.service', isUserUnit: false });
  const user = '0::/user.slice/user-1000.slice/user@1000.service/app.slice/konui.service\n';
  expect(parseServiceUnit(user)).toEqual({ name: 'konui.service', isUserUnit: true });
});

it('takes no login session, terminal or container for a service', () => {
  expect(parseServiceUnit('0::/user.slice/user-1000.slice/session-3.scope\n')).toBeUndefined();
  expect(parseServiceUnit('0::/user.slice/user-1000.slice/user@1000.service/app.slice/vte-1.scope\n')).toBeUndefined();
  expect(parseServiceUnit('0::/\n')).toBeUndefined();
});
