import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** The program that opens a link here; undefined where there is no display, and in a session over ssh. */
export function browserOpener(env: Environment, platform: NodeJS.Platform): string | undefined {
  if (platform === 'darwin') return env['SSH_CONNECTION'] === undefined ? 'open' : undefined;
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? 'xdg-open' : undefined;
}

/** Opens the link without waiting; a machine without such a program only misses the convenience. */
export function openBrowser(opener: string, link: string, onFailure: (error: Error) => void): void {
  spawn(opener, [link], { stdio: 'ignore', detached: true }).on('error', onFailure).unref();
}
