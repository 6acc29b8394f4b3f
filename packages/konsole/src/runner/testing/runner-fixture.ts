import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAttachmentStore, followLog, openInbox } from '@konui/log';
import {
  CommandId,
  type ContentBlock,
  foldSession,
  homePaths,
  newId,
  parseSessionEvent,
  Provider,
  type SessionEvent,
  SessionId,
  sessionPaths,
  type SessionState,
} from '@konui/protocol';
import { endProcesses } from '../agent/end-processes.ts';

const MAIN = new URL('../main.ts', import.meta.url).pathname;

export interface AgentEntry {
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A home with one session and, when it is started, a real runner process; konsole's part is played by the test. */
export interface RunnerFixture {
  readonly sessionId: SessionId;
  readonly project: string;
  readonly home: string;
  /** The session's. */
  readonly folder: string;
  readonly events: SessionEvent[];
  readonly state: () => SessionState;
  readonly start: (env?: Record<string, string>) => ChildProcess;
  /** Puts a prompt into the inbox and rings; returns the prompt's id. */
  readonly prompt: (content: string | readonly ContentBlock[], id?: CommandId, fields?: { at: string }) => CommandId;
  readonly stop: (runId: string, id?: CommandId) => CommandId;
  readonly answer: (requestId: string, answer: { allow?: boolean; optionId?: string }, id?: CommandId) => CommandId;
  /** Any other command. */
  readonly send: (command: { type: string; [field: string]: unknown }, id?: CommandId) => CommandId;
  readonly putAttachment: (bytes: Uint8Array) => string;
  /** Resolves with the first event, past or future, for which `matches` holds. */
  readonly until: (matches: (event: SessionEvent) => boolean) => Promise<SessionEvent>;
  /** The text of the agent's answer so far. */
  readonly text: () => string;
  /** The exit code of the runner that was started last. */
  readonly ended: () => Promise<number | null>;
  /** Cuts the log in the middle of the last line of this kind, as a machine that loses power may. */
  readonly tearLog: (kind: string) => void;
  /** What the log holds now; `events` are those that were seen. */
  readonly readLog: () => SessionEvent[];
  /** `kill -9` for every runner that was started. */
  readonly killRunners: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createRunnerFixture(agent?: AgentEntry): RunnerFixture {
  const home = mkdtempSync(join(tmpdir(), 'konui-runner-'));
  const project = join(home, 'project');
  mkdirSync(project);
  const sessionId = newId(SessionId);
  const paths = homePaths(home, { uid: process.getuid?.() ?? 0 });
  const files = sessionPaths(paths, sessionId);
  for (const folder of [files.folder, paths.socketFolder]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const provider = Provider.parse(agent === undefined ? 'demo' : 'agent-under-test');
  if (agent !== undefined) writeFileSync(paths.agentsFile, JSON.stringify({ agents: { [provider]: agent } }));
  const createdAt = new Date().toISOString();
  writeFileSync(
    files.session,
    JSON.stringify({
      sessionId,
      provider,
      projectPath: project,
      title: null,
      createdAt,
      archived: false,
      deleted: false,
    }),
  );
  const inbox = openInbox({ path: files.inbox });
  const events: SessionEvent[] = [];
  const listeners = new Set<() => void>();
  const follower = followLog({
    path: files.log,
    afterSeq: 0,
    pollMs: 20,
    onPage(page) {
      for (const line of page.bytes.toString().split('\n')) {
        const event = line === '' ? undefined : parseSessionEvent(line);
        if (event !== undefined) events.push(event);
      }
      for (const listener of listeners) listener();
    },
  });
  const runners: ChildProcess[] = [];

  const ring = (): void => {
    const socket = connect(files.socket, () => socket.end('{"type":"inbox_grew"}\n'));
    // The runner is not there (yet, or any more): it reads the inbox when it starts.
    socket.on('error', () => socket.destroy());
    socket.resume();
  };
  const append = (command: { commandId: CommandId; [field: string]: unknown }): CommandId => {
    inbox.append({ at: new Date().toISOString(), by: { type: 'person' }, ...command });
    ring();
    return command.commandId;
  };

  const killRunners = async (): Promise<void> => {
    for (const runner of runners.filter(isAlive)) {
      runner.kill('SIGKILL');
      await once(runner, 'exit');
    }
  };

  return {
    sessionId,
    project,
    home,
    folder: files.folder,
    events,
    state: () => foldSession(events),
    start(env = {}) {
      const runner = spawn(process.execPath, [MAIN, 'runner', '--home', home, '--session', sessionId], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ...env },
      });
      runners.push(runner);
      return runner;
    },
    prompt: (content, id = newId(CommandId), fields?: { at: string }) =>
      append({
        commandId: id,
        ...fields,
        type: 'prompt',
        promptId: id,
        content: typeof content === 'string' ? [{ type: 'text', text: content }] : content,
      }),
    stop: (runId, id = newId(CommandId)) => append({ commandId: id, type: 'stop', runId }),
    answer: (requestId, answer, id = newId(CommandId)) =>
      append({ commandId: id, type: 'permission', requestId, ...answer }),
    send: (command, id = newId(CommandId)) => append({ commandId: id, ...command }),
    putAttachment(bytes) {
      mkdirSync(files.attachments, { recursive: true, mode: 0o700 });
      return createAttachmentStore(files.attachments).put(bytes);
    },
    until(matches) {
      return new Promise((resolve) => {
        let checked = 0;
        const check = (): void => {
          for (; checked < events.length; checked++) {
            const event = events[checked];
            if (event === undefined || !matches(event)) continue;
            listeners.delete(check);
            resolve(event);
            return;
          }
        };
        listeners.add(check);
        check();
      });
    },
    text: () =>
      events
        .filter((event) => event.kind === 'agent_message_chunk')
        .map((event) => (event['content'] as { text?: string }).text ?? '')
        .join(''),
    async ended() {
      const runner = runners.at(-1);
      if (runner !== undefined && isAlive(runner)) await once(runner, 'exit');
      return runner?.exitCode ?? null;
    },
    killRunners,
    tearLog(kind) {
      const text = readFileSync(files.log, 'utf8');
      truncateSync(files.log, Buffer.byteLength(text.slice(0, text.lastIndexOf(`"kind":"${kind}"`))));
    },
    readLog: () =>
      readFileSync(files.log, 'utf8')
        .split('\n')
        .flatMap((line) => parseSessionEvent(line) ?? []),
    async close() {
      await killRunners();
      follower.close();
      inbox.close();
      await endProcesses({ sessionId, graceMs: 0 });
      rmSync(home, { recursive: true, force: true });
      rmSync(paths.socketFolder, { recursive: true, force: true });
    },
  };
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
