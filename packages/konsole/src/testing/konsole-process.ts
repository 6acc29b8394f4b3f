import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type HomePaths, RunnerMessage, sessionPaths } from '@konui/protocol';
import { onTestFinished } from 'vitest';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
const LOOK_MS = 20;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

/** A konsole in a process of its own. It and its runners are gone when the test is. */
export class KonsoleProcess {
  readonly paths: HomePaths;
  readonly child: ChildProcess;
  stderr = '';

  constructor(paths: HomePaths, flags: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    this.paths = paths;
    this.child = spawn(process.execPath, [MAIN, 'konsole', '--home', paths.home, '--log-level', 'info', ...flags], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr += chunk;
    });
    onTestFinished(async () => {
      await this.end('SIGKILL');
      await endRunners(paths);
    });
  }

  /** Resolves when it answers; rejects with its words when it ends instead. */
  async start(): Promise<this> {
    while (this.child.exitCode === null && this.child.signalCode === null) {
      const answer = await this.get('/healthz').catch(() => undefined);
      if (answer?.status === 200) return this;
      await delay(LOOK_MS);
    }
    throw new Error(`konsole ended: ${this.stderr}`);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#request({ method: 'GET', path, headers });
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.#request({ method: 'POST', path }, typeof body === 'string' ? body : JSON.stringify(body));
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.#request({ method: 'PATCH', path }, JSON.stringify(body));
  }

  /** Sends bytes as they come; the request is broken off where they throw. */
  async upload(path: string, bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Answer> {
    return this.#request({ method: 'POST', path }, Readable.from(bytes, { objectMode: false }));
  }

  delete(path: string): Promise<Answer> {
    return this.#request({ method: 'DELETE', path });
  }

  async stream(path: string, headers: Record<string, string> = {}): Promise<SseReader> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ socketPath: this.paths.konsoleSocket, path, headers }, resolve).on('error', reject).end();
    });
    onTestFinished(() => void response.destroy());
    return new SseReader(response);
  }

  async #request(
    options: { method: string; path: string; headers?: Record<string, string> },
    body: string | Readable = '',
  ): Promise<Answer> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request({ socketPath: this.paths.konsoleSocket, agent: false, ...options }, resolve);
      sent.on('error', reject);
      if (typeof body === 'string') sent.end(body);
      else body.on('error', (error) => sent.destroy(error)).pipe(sent);
    });
    const content = await text(response);
    const isJson = String(response.headers['content-type']).includes('application/json');
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text: content,
      json: isJson ? JSON.parse(content) : undefined,
    };
  }
}

export interface SseMessage {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** Reads server-sent events one after the other. */
export class SseReader {
  readonly messages: SseMessage[] = [];
  readonly ended: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #fields: Record<string, string> = {};
  #hasEnded = false;

  constructor(response: IncomingMessage) {
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.#hasEnded = true;
        this.#tell();
        resolve();
      };
      response.once('close', end).on('error', end);
    });
    createInterface({ input: response })
      .on('line', (line) => this.#onLine(line))
      // A killed konsole is what some tests are about.
      .on('error', () => response.destroy());
  }

  /** The first message, past or future, that matches. Rejects when the stream ends before. */
  async until(matches: (message: SseMessage) => boolean): Promise<SseMessage> {
    for (let seen = 0; ;) {
      for (; seen < this.messages.length; seen++) {
        const message = this.messages[seen];
        if (message !== undefined && matches(message)) return message;
      }
      if (this.#hasEnded) throw new Error('the stream ended');
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  untilKind(kind: string): Promise<SseMessage> {
    return this.until(({ data }) => data.includes(`"kind":"${kind}"`));
  }

  /** The log lines so far. */
  get lines(): string[] {
    return this.messages.filter(({ event }) => event === 'message').map(({ data }) => data);
  }

  #onLine(line: string): void {
    if (line === '') {
      const { event = 'message', id = '', data } = this.#fields;
      this.#fields = {};
      if (data === undefined) return;
      this.messages.push({ event, id, data });
      this.#tell();
    } else if (!line.startsWith(':')) {
      const colon = line.indexOf(': ');
      this.#fields[line.slice(0, colon)] = line.slice(colon + 2);
    }
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** The pid that a session's living runner says; undefined where there is none. */
export function findRunner(paths: HomePaths, sessionId: string): Promise<number | undefined> {
  const socket = connect(sessionPaths(paths, sessionId).socket);
  return new Promise((resolve) => {
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    createInterface({ input: socket })
      .on('error', () => resolve(undefined))
      .once('line', (line) => {
        const message = RunnerMessage.parse(JSON.parse(line));
        socket.destroy();
        resolve(message.type === 'hello' ? message.pid : undefined);
      });
  });
}

async function endRunners({ home }: HomePaths): Promise<void> {
  for (let pids = listRunners(home); pids.length > 0; pids = listRunners(home)) {
    for (const pid of pids) kill(pid);
    await delay(LOOK_MS);
  }
}

/** By their command lines: one that has just been started has neither lock nor socket yet. */
function listRunners(home: string): number[] {
  const listed = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' });
  return listed.split('\n').flatMap((line) => {
    const [, pid, args = ''] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    return pid !== undefined && args.includes(` runner --home ${home} `) ? [Number(pid)] : [];
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It may have left since it was listed.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
