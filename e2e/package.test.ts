import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FakeModel, findRealAgent, isPresent, makeTestHome, startFakeModel, type TestHome } from '@konui/testing';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentOf, filesOf, install, oldestNodeOf, pack, type Packed, run, runWell } from './packed.ts';

const ROOT = join(import.meta.dirname, '..');
const MAX_MEGABYTES = 60;
const codex = findRealAgent('codex');

let packed: Packed;
let home: string;
/** A folder with nothing but the installed package. */
let app: string;
/** Another one, with the SDK. */
let script: string;
let konuiFolder: string;
let oldestNode: string;

beforeAll(async () => {
  packed = await pack();
  home = join(packed.folder, 'home');
  app = join(packed.folder, 'app');
  script = join(packed.folder, 'script');
  mkdirSync(home);
  const env = environmentOf(home);
  await install(app, [packed.konui], env);
  await install(script, [packed.client], env);
  konuiFolder = join(app, 'node_modules/konui');
  const nodes = join(packed.folder, 'nodes');
  await install(nodes, [`node@${oldestNodeOf(konuiFolder)}`], env);
  oldestNode = join(nodes, 'node_modules/node/bin/node');
}, 600_000);
afterAll(() => rmSync(packed.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

describe('the package', () => {
  it('takes at most 60 MB with all that it depends on, and is a few packages', () => {
    const bytes = filesOf(join(app, 'node_modules')).reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes / 1024 ** 2).toBeLessThan(MAX_MEGABYTES);
    const names = filesOf(join(app, 'node_modules')).filter(({ name }) =>
      /^(@[^/]+\/)?[^/]+\/package.json$/.test(name),
    );
    expect(names.length).toBeLessThan(30);
  });

  it.each(['konui', '@konui/client'])('%s holds no tests, no sources, no maps and nothing of this machine', (name) => {
    const folder = join(name === 'konui' ? app : script, 'node_modules', name);
    const files = filesOf(folder).map((file) => file.name);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(
      files.filter((file) => /\.map$|\.tsx?$|test|fixture|\.env|\.stamp/.test(file) && !file.endsWith('.d.ts')),
    ).toEqual([]);
    const texts = files.map((file) => readFileSync(join(folder, file), 'latin1')).join('\n');
    const secrets = /-----BEGIN [A-Z ]*PRIVATE KEY|\b(sk-[\w-]{20}|gh[po]_\w{20}|npm_\w{36})/;
    expect(secrets.exec(texts)?.[0]).toBeUndefined();
    const places = [ROOT, packed.folder, homedir()];
    expect(places.filter((place) => texts.includes(`${place}/`))).toEqual([]);
  });

  it('names the licence of all that is bundled', () => {
    const text = readFileSync(join(konuiFolder, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of ['hono', 'preact', 'undici', 'ws', 'zod'])
      expect(text).toMatch(new RegExp(`^${name} \\d.*\\(MIT\\)$`, 'm'));
  });

  it.each(['20.20.2', '22.13.0'])('says in one line that Node %s is too old', async (version) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
    const command = join(konuiFolder, 'packages/cli/src/main.js');
    const args = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, command, 'start'];
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd: app, env: environmentOf(home) });
    const line = `konui: Node ${oldestNodeOf(konuiFolder)} or newer is needed; this is Node ${version}.\n`;
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: line });
  });
});

describe.each([
  { which: 'the oldest Node that it names', nodePath: () => oldestNode },
  { which: 'the Node of the clone', nodePath: () => process.execPath },
])('npx konui, with $which', ({ nodePath }) => {
  let env: Record<string, string | undefined>;
  let konuiHome: string;
  let model: FakeModel;
  let agentHome: TestHome;
  let launcher: ChildProcess;
  let stderr = '';
  let url: string;
  let token: string;
  const ask = async (path: string): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    const user = join(packed.folder, `user-${dirname(nodePath()).length}`);
    const programs = join(user, 'bin');
    mkdirSync(programs, { recursive: true });
    writeFileSync(join(programs, 'opencode'), '#!/bin/sh\n');
    chmodSync(join(programs, 'opencode'), 0o755);
    konuiHome = join(user, '.konui');
    model = await startFakeModel();
    agentHome = await makeTestHome();
    mkdirSync(konuiHome, { mode: 0o700 });
    const agents = codex.available ? { codex: codex.launch(model.url, agentHome.path) } : {};
    writeFileSync(join(konuiHome, 'agents.json'), JSON.stringify({ agents }), { mode: 0o600 });
    env = environmentOf(user, [programs, dirname(nodePath())]);
    launcher = spawn('npx', ['konui', '--port', '0'], { cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'] });
    launcher.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const link = await new Promise<URL>((resolve, reject) => {
      let stdout = '';
      launcher.stdout?.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        const found = /^Konui is ready: (\S+)$/m.exec(stdout)?.[1];
        if (found !== undefined) resolve(new URL(found));
      });
      launcher.once('exit', (code) => reject(new Error(`npx konui ended with ${code}: ${stdout}${stderr}`)));
    });
    url = link.origin;
    token = new URLSearchParams(link.hash.slice(1)).get('token') ?? '';
  });
  afterAll(async () => {
    if (launcher.exitCode === null) await run('npx', ['konui', 'stop'], { cwd: app, env });
    await model.close();
    await agentHome.remove();
  });

  it('prints a link that signs in, answers as healthy, and runs on that Node', async () => {
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'ok', host: { part: 'konsole' } });
    expect((await fetch(`${url}/api/me`)).status).toBe(401);
    expect((await ask('/api/me')).status).toBe(200);
    expect(readFileSync(join(konuiHome, 'bin/konui'), 'utf8')).toContain(nodePath());
    expect(stderr).toBe('');
  });

  it('serves the web app with all that its page names', async () => {
    const page = await (await fetch(`${url}/`)).text();
    const named = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(named.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(0);
    const statusOf = async (path: string) => [path, (await fetch(`${url}${path}`)).status];
    const statuses = await Promise.all([...named, '/sw.js'].map(statusOf));
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  });

  it('finds the agents of the machine, and offers to install those that are not there', async () => {
    const { providers } = (await (await ask('/api/providers')).json()) as { providers: object[] };
    const statusOf = (provider: string) => expect.objectContaining({ provider, status: 'ready' });
    expect(providers).toEqual(expect.arrayContaining([statusOf('opencode'), statusOf('demo')]));
    expect(providers).toHaveLength(5);
  });

  it('answers a prompt that the installed SDK sends, and leaves nothing of npx to the agent', async () => {
    const before = filesOf(app);
    copyFileSync(join(ROOT, 'examples/ask.mjs'), join(script, 'ask.mjs'));
    const asks = { cwd: script, env: { ...env, KONUI_URL: url, KONUI_TOKEN: token } };
    expect(await runWell(nodePath(), ['ask.mjs', 'demo', '/stream 3'], asks)).toBe('word1 word2 word3\n');
    const { runners } = JSON.parse(await runWell('npx', ['konui', 'status', '--json'], { cwd: app, env }));
    const environment = readFileSync(`/proc/${runners[0].pid}/environ`, 'latin1').split('\0');
    expect(environment.filter((entry) => /^(npm_lifecycle|npm_config_local_prefix|INIT_CWD)/.test(entry))).toEqual([]);
    expect(environment).toContain(`PATH=${env['PATH']}`);
    expect(filesOf(app)).toEqual(before);
  });

  it.runIf(isPresent(codex))('runs a real agent, which leaves a report with the tools of the package', async () => {
    const call = { name: '*kontask_create', args: { title: 'From the package' } };
    const asks = { cwd: script, env: { ...env, KONUI_URL: url, KONUI_TOKEN: token } };
    await runWell(nodePath(), ['ask.mjs', 'codex', `[[tool ${JSON.stringify(call)}]]`], asks);
    const reports = await runWell('npx', ['konui', 'kontask', 'list', '--json'], { cwd: app, env });
    expect(reports).toContain('From the package');
  });

  it('has its command in the home, and the tools of agents with it', async () => {
    const command = join(konuiHome, 'bin/konui');
    const elsewhere = { cwd: home, env: environmentOf(home) };
    expect(await runWell(command, ['sessions'], elsewhere)).toContain('demo');
    const clientInfo = { name: 'test', version: '1' };
    const messages = [
      { id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/list', params: {} },
      { id: 3, method: 'tools/call', params: { name: 'kontask_list_requests', arguments: {} } },
    ];
    const input = messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
    const answers = await runWell(command, ['mcp', '--provider', 'demo'], { ...elsewhere, input });
    expect(answers).toContain('"name":"kontask_create"');
    expect(answers).toContain('"text":"[]"');
  });

  it('stops, and leaves no process', async () => {
    const ended = once(launcher, 'exit');
    expect(await runWell('npx', ['konui', 'stop'], { cwd: app, env })).toMatch(/^Konui has stopped/);
    await ended;
    expect((await run('npx', ['konui', 'status'], { cwd: app, env })).code).toBe(3);
  });
});

describe('the SDK', () => {
  it('has types that a strict project accepts', async () => {
    const text = [
      "import { createApi, createConnection, type ConversationState, reduceConversation } from '@konui/client';",
      "import { Kontask, type SessionEvent, SessionId } from '@konui/protocol-of-client';".replace(
        'protocol-of-client',
        'client/protocol',
      ),
      "const api = createApi({ baseUrl: 'http://127.0.0.1:4680', token: 't' });",
      'export const title: Promise<string> = api.sessions.get(SessionId.parse("s")).then((session) => session.title ?? "");',
      'export const next = (state: ConversationState, event: SessionEvent): number => reduceConversation(state, event).lastSeq;',
      'export const id: string = Kontask.parse({}).id;',
      '// @ts-expect-error: it is typed, not any',
      'export const connection = createConnection({ url: 1 });',
    ];
    writeFileSync(join(script, 'types.ts'), text.join('\n'));
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2024,dom', '--types', '', 'types.ts'];
    const { code, stdout } = await run(process.execPath, [tsc, ...flags], { cwd: script });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('is taken by a bundler, and what a page does not use stays out of it', async () => {
    const sizeOf = async (source: string): Promise<number> => {
      writeFileSync(join(script, 'page.js'), source);
      const rolldownOptions = { input: join(script, 'page.js'), output: { format: 'es' as const } };
      const built = await build({
        root: script,
        configFile: false,
        logLevel: 'silent',
        build: { write: false, rolldownOptions },
      });
      const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : [];
      return (
        outputs.flatMap(({ output }) => output.map((file) => (file.type === 'chunk' ? file.code.length : 0)))[0] ?? 0
      );
    };
    const whole = await sizeOf("import * as client from '@konui/client'; globalThis.client = client;");
    const one = await sizeOf("import { textOfBlock } from '@konui/client'; globalThis.textOf = textOfBlock;");
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(whole / 10);
  });
});
