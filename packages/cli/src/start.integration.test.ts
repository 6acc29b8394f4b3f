import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { isReady, readStatus } from './status.ts';
import { stop } from './stop.ts';
import { TestHome } from './testing/test-home.ts';

const ready = /^Konui is ready: (http:\/\/127\.0\.0\.1:\d+)\/#token=secret$/;

it('prints exactly one line on stdout, and ends gateway and host on Ctrl-C', async () => {
  await using home = new TestHome();
  const konui = home.konui('start');
  expect(await konui.nextLine()).toMatch(ready);
  expect(isReady(await readStatus(home.path))).toBe(true);
  konui.process.kill('SIGINT');
  expect(await konui.ended).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^Konui is ready: [^\n]+\n$/),
    stderr: '',
  });
  expect([home.pidOf('konui'), home.pidOf('konsole')]).toEqual([undefined, undefined]);
});

it('keeps home, logs and run readable by the user alone', async () => {
  await using home = new TestHome();
  const konui = home.konui('start');
  await konui.nextLine();
  const modes = ['', 'logs', 'run', 'bin', 'logs/konui.log', 'run/launcher.json'].map(
    (name) => statSync(`${home.path}/${name}`).mode & 0o077,
  );
  expect(modes).toEqual([0, 0, 0, 0, 0, 0]);
});

it('prints the running link and leaves when a gateway answers already', async () => {
  await using home = new TestHome();
  const first = await home.konui('start').nextLine();
  expect(await home.konui('start').ended).toEqual({ code: 0, stdout: `${first}\n`, stderr: '' });
});

it('starts one gateway only when it is started twice at the same time', async () => {
  await using home = new TestHome();
  const both = [home.konui('start'), home.konui('start')];
  const [first, second] = await Promise.all(both.map((command) => command.nextLine()));
  expect(first).toBe(second);
  expect(both.filter(({ process }) => process.exitCode === null).length).toBeGreaterThan(0);
});

it('starts a gateway that was killed again, on the port that it had', async () => {
  await using home = new TestHome();
  const konui = home.konui('start');
  const line = await konui.nextLine();
  process.kill(home.pidOf('konui') ?? 0, 'SIGKILL');
  await konui.says(/konui ended; starting it again/);
  expect((await home.konui('start').ended).stdout.trim()).toBe(line);
});

it('finds a host that outlived its launcher, and starts the rest', async () => {
  await using home = new TestHome();
  const first = home.konui('start');
  await first.nextLine();
  first.process.kill('SIGKILL');
  await first.ended;
  const konsole = home.pidOf('konsole');
  process.kill(home.pidOf('konui') ?? 0, 'SIGKILL');
  const second = home.konui('start');
  await second.nextLine();
  expect(home.pidOf('konsole')).toBe(konsole);
  process.kill(konsole ?? 0, 'SIGKILL');
  await second.says(/konsole ended; starting it again/);
});

it('lets runs go on after one Ctrl-C, and says so', async () => {
  await using home = new TestHome();
  const konui = home.konui('start');
  await konui.nextLine();
  await home.startRunner();
  writeFileSync(`${home.path}/running`, '2');
  konui.process.kill('SIGINT');
  expect(await konui.says(/.*\n/)).toContain('Ctrl-C again ends 2 runs');
  expect((await konui.ended).code).toBe(0);
  expect([home.pidOf('konui'), home.pidOf('konsole')]).toEqual([undefined, undefined]);
  expect(home.pidOf('runner')).toBeDefined();
});

it('ends runs too when Ctrl-C comes again', async () => {
  await using home = new TestHome();
  const konui = home.konui('start');
  await konui.nextLine();
  await home.startRunner();
  writeFileSync(`${home.path}/running`, '1');
  konui.process.kill('SIGINT');
  await konui.says(/Ctrl-C again ends 1 run;/);
  konui.process.kill('SIGINT');
  expect((await konui.ended).code).toBe(0);
  expect(home.pidOf('runner')).toBeUndefined();
});

it('says which port is taken, and ends what it has started', async () => {
  await using home = new TestHome();
  await using server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { code, stdout, stderr } = await home.konui('start', '--port', String(port)).ended;
  expect({ code, stdout }).toEqual({ code: 98, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^konui: port ${port} on 127\\.0\\.0\\.1 is already in use[^\\n]*\\n$`));
  expect(home.pidOf('konsole')).toBeUndefined();
});

it("repeats the host's last word when agents.json is broken", async () => {
  await using home = new TestHome();
  writeFileSync(`${home.path}/agents.json`, '{');
  expect(await home.konui('start').ended).toEqual({ code: 78, stdout: '', stderr: 'konsole: agents.json is broken\n' });
});

it('says that a home cannot be written to', async () => {
  await using home = new TestHome();
  writeFileSync(`${home.path}/logs`, 'a file, where a folder has to be');
  const { code, stdout, stderr } = await home.konui('start').ended;
  expect({ code, stdout }).toEqual({ code: 73, stdout: '' });
  expect(stderr).toMatch(/^the home [^\n]+ cannot be written to[^\n]*\n$/);
});

it('stops launcher, gateway, host and runners', async () => {
  await using home = new TestHome();
  const konui = home.konui('start');
  await konui.nextLine();
  await home.startRunner();
  const lines: string[] = [];
  await stop(home.path, (line) => lines.push(line));
  expect(lines).toEqual(['Konui has stopped, and 1 runner with it.']);
  expect((await konui.ended).code).toBe(0);
  expect(isReady(await readStatus(home.path))).toBe(false);
  await stop(home.path, (line) => lines.push(line));
  expect(lines.at(-1)).toBe('Konui was not running.');
});

it('says that runs end where konui stop ends them, and that they go on where it does not', async () => {
  await using home = new TestHome();
  const stopped = home.konui('start');
  await stopped.nextLine();
  writeFileSync(`${home.path}/running`, '5');
  await stop(home.path, () => undefined);
  expect((await stopped.ended).stderr).toBe('konui stop ends this, and 5 runs with it\n');
  const ended = home.konui('start');
  await ended.nextLine();
  ended.process.kill('SIGTERM');
  expect((await ended.ended).stderr).toBe('5 runs in progress, going on in the background; konui stop ends them\n');
});

it('restarts gateway and host through a living launcher', async () => {
  await using home = new TestHome();
  const konui = home.konui('start');
  const url = ready.exec(await konui.nextLine())?.[1];
  const before = [home.pidOf('konui'), home.pidOf('konsole')];
  expect(await home.konui('restart').ended).toEqual({ code: 0, stdout: `Konui is ready: ${url}/\n`, stderr: '' });
  expect(before).not.toContain(home.pidOf('konui'));
  expect(before).not.toContain(home.pidOf('konsole'));
  expect(konui.process.exitCode).toBeNull();
});

it('restarts gateway and host itself where no launcher lives, with their port and their environment', async () => {
  await using home = new TestHome();
  const konui = home.konui('start');
  const url = ready.exec(await konui.nextLine())?.[1];
  konui.process.kill('SIGKILL');
  await konui.ended;
  expect((await home.konui('restart').ended).stdout).toBe(`Konui is ready: ${url}/\n`);
  expect(isReady(await readStatus(home.path))).toBe(true);
});

it('does not restart what does not run', async () => {
  await using home = new TestHome();
  expect(await home.konui('restart').ended).toMatchObject({ code: 3, stderr: expect.stringContaining('konui start') });
});
