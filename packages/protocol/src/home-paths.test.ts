import { describe, expect, it } from 'vitest';
import { homePaths, sessionPaths } from './home-paths.ts';

const options = { uid: 1000 };
const SESSION = '0d09e50e-c0fb-45a0-8a55-aa4f97af46b2';

describe('homePaths', () => {
  it('puts the sockets into the home where a socket path is short enough for every system', () => {
    const { socketFolder } = homePaths('/home/someone/.konui', options);
    expect(socketFolder).toBe('/home/someone/.konui/run');
  });

  it('puts them into a folder of the user and the home otherwise', () => {
    const long = `/home/${'a'.repeat(80)}/.konui`;
    const paths = homePaths(long, options);
    expect(paths.socketFolder).toMatch(/^\/tmp\/konui-1000-[0-9a-f]{16}$/);
    expect(homePaths(`${long}2`, options).socketFolder).not.toBe(paths.socketFolder);
    expect(sessionPaths(paths, SESSION).socket.length).toBeLessThan(104);
  });

  it('counts bytes, not characters', () => {
    const { socketFolder } = homePaths(`/home/${'ä'.repeat(30)}`, options);
    expect(socketFolder).toContain('/tmp/konui-1000-');
  });
});
