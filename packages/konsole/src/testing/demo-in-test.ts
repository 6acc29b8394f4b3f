import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allowOnce, startAcpAgent, type AcpAgent, type ObservedUpdate, type PermissionAnswer } from '@konui/testing';

const MAIN = join(import.meta.dirname, '..', 'agents', 'demo', 'main.ts');

interface DemoSessionInTest {
  readonly agent: AcpAgent;
  readonly session: string;
  /** A new folder with a README.md. */
  readonly project: string;
}

/** The demo agent as child processes; they and all their folders are gone after `close`. */
export class DemoInTest {
  readonly #folder: string;
  readonly #agents: AcpAgent[] = [];
  readonly #shared: AcpAgent;

  private constructor(folder: string, shared: AcpAgent) {
    this.#folder = folder;
    this.#shared = shared;
    this.#agents.push(shared);
  }

  static async open(): Promise<DemoInTest> {
    const folder = await mkdtemp(join(tmpdir(), 'konui-demo-'));
    return new DemoInTest(folder, await startDemo(folder, allowOnce));
  }

  /** A session in a process that tests share: for those that neither end it nor answer in a way of their own. */
  async session(): Promise<DemoSessionInTest> {
    this.#shared.forget();
    return this.#newSession(this.#shared);
  }

  async sessionAlone(answer?: PermissionAnswer): Promise<DemoSessionInTest> {
    return this.#newSession(await this.start(answer));
  }

  async start(answer: PermissionAnswer = allowOnce): Promise<AcpAgent> {
    const agent = await startDemo(this.#folder, answer);
    this.#agents.push(agent);
    return agent;
  }

  async close(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.close()));
    await rm(this.#folder, { recursive: true });
  }

  async #newSession(agent: AcpAgent): Promise<DemoSessionInTest> {
    const project = join(this.#folder, crypto.randomUUID());
    await mkdir(project);
    await writeFile(join(project, 'README.md'), '# A project\n\nIts first line.\n');
    return { agent, session: await agent.newSession(project), project };
  }
}

function startDemo(folder: string, answer: PermissionAnswer): Promise<AcpAgent> {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', KONUI_AGENT_STATE: join(folder, 'state') };
  return startAcpAgent({ command: process.execPath, args: [MAIN], env }, { cwd: folder, answer });
}

export const ofKind = (agent: AcpAgent, kind: string): ObservedUpdate[] =>
  agent.updates.filter((update) => update.sessionUpdate === kind);

/** The states of tool calls, in the order in which they were reported. */
export const statusesOf = (agent: AcpAgent): unknown[] =>
  agent.updates.filter((update) => update.sessionUpdate.startsWith('tool_call')).map((update) => update['status']);

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process whose parent has died and that nobody has asked about yet (proc_pid_stat(5)).
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
