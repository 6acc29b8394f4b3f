// A host without agents for the launcher's tests: it answers health and says that `<home>/running` sessions run.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { homePaths } from '@konui/protocol';
import type { HostHealth, SessionInfo } from '@konui/protocol';
import { flagOf, refuseIf } from './stand-in.ts';

const home = flagOf('--home');
const paths = homePaths(home, { uid: process.getuid?.() ?? 0 });
refuseIf(existsSync(paths.agentsFile), 'konsole: agents.json is broken', 78);
mkdirSync(paths.socketFolder, { recursive: true, mode: 0o700 });
rmSync(paths.konsoleSocket, { force: true });

const running = () => (existsSync(`${home}/running`) ? Number(readFileSync(`${home}/running`, 'utf8')) : 0);
const session = (number: number): unknown =>
  ({
    sessionId: `00000000-0000-4000-8000-00000000000${number}`,
    provider: 'demo',
    projectPath: '/',
    title: null,
    createdAt: '',
    updatedAt: '',
    archived: false,
    status: 'working',
    runId: null,
    runStartedAt: null,
    pendingPermissions: 0,
    pendingElicitations: 0,
    queuedPrompts: 0,
    queueHold: null,
    limit: null,
    resumeAfterLimit: false,
    lastSeq: 1,
    epoch: null,
    lastRun: null,
    trouble: null,
  }) satisfies Record<keyof SessionInfo, unknown>;

createServer((request, response) => {
  const health: HostHealth = {
    part: 'konsole',
    hostApiVersion: 1,
    version: '0.0.0',
    pid: process.pid,
    home,
    sessions: running(),
    running: running(),
  };
  const sessions = Array.from({ length: running() }, (_, index) => session(index));
  response.end(JSON.stringify(request.url === '/healthz' ? health : { sessions }));
}).listen(paths.konsoleSocket);
process.on('SIGTERM', () => process.exit(0));
