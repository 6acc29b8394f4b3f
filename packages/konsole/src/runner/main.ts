import { acquireLock, createAttachmentStore, openEventLog, readBootId, writeFileAtomically } from '@konui/log';
import {
  AgentRecord,
  CommandId,
  createSessionState,
  DOORBELL_VERSION,
  isSessionEvent,
  reduceSession,
  RunId,
  type RunnerMessage,
  SessionRecord,
  sessionPaths,
  VERSION,
} from '@konui/protocol';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import { extname, join } from 'node:path';
import { pino } from 'pino';
import { readAgentSettings, toDefaultOptions } from '../agents/agent-settings-file.ts';
import { resolveAgent } from '../agents/resolve-agent.ts';
import { appendAgentReady } from './agent-commands.ts';
import { createAgentKeeper } from './agent/agent-keeper.ts';
import { findAgentTools } from './agent/agent-tools.ts';
import { parseSessionFailure } from './agent/session-failure.ts';
import { createCommandQueue } from './command-queue.ts';
import { createElicitations } from './elicitations.ts';
import { type DoorbellServer, startDoorbellServer } from './doorbell-server.ts';
import { nameAttachment } from './named-files.ts';
import { createOfferMemory } from './offer-memory.ts';
import { createPermissions } from './permissions.ts';
import { openRotatingFile } from './rotating-file.ts';
import { parseRunnerConfig } from './runner-config.ts';
import { createSessionJournal } from './session-journal.ts';
import { createSessionRunner } from './session-runner.ts';

/** BELL2: a lost doorbell costs at most this long. */
const POLL_MS = 1000;
const RUNNER_LOG_BYTES = 10 * 1024 * 1024;
/** sysexits.h: EX_IOERR. */
const EXIT_STORAGE = 74;

const config = parseRunnerConfig(process.argv.slice(2), process.env);
const { sessionId, paths } = config;
const files = sessionPaths(paths, sessionId);

const lock = acquireLock(files.lock);
// Another runner has the session: nothing to do, and nothing wrong.
if (lock === undefined) process.exit(0);

const logger = pino(
  { level: config.logLevel, base: { pid: process.pid } },
  openRotatingFile(files.runnerLog, RUNNER_LOG_BYTES),
);
const record = SessionRecord.parse(JSON.parse(readFileSync(files.session, 'utf8')));
mkdirSync(files.attachments, { recursive: true, mode: 0o700 });
const attachments = createAttachmentStore(files.attachments);

const fail = (error: unknown): void => {
  logger.fatal({ err: error }, 'the runner cannot go on');
  // The lifeline ends the agent; the next runner closes the run.
  process.exit(EXIT_STORAGE);
};
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

/** Filled when the runner listens; the log may flush before. */
const doorbells: { server?: DoorbellServer } = {};
const ring = (message: RunnerMessage): void => doorbells.server?.ring(message);

const boot = readBoot();
const state = createSessionState();
const offers = createOfferMemory();
const log = openEventLog({
  path: files.log,
  sessionId,
  bootId: boot.id,
  knownSeq: config.knownSeq,
  onEvent: (event) => {
    if (!isSessionEvent(event)) return;
    reduceSession(state, event);
    offers.note(event);
  },
  onFlushed: (seq) => ring({ type: 'log_grew', seq }),
  onTrouble: ({ code, detail }) => {
    logger.error({ code, detail }, 'storage');
    ring({ type: 'trouble', code, detail });
    if (code === 'storage_failed') return fail(new Error(detail));
    // Nothing is read from the agent that could not be kept.
    keeper.setPaused(code === 'storage_full');
  },
});
const putAttachment = (bytes: Uint8Array): string => attachments.put(bytes);
const journal = createSessionJournal({ log, state, offers, sessionId, putAttachment });
const permissions = createPermissions({ journal, onFatal: fail });
const elicitations = createElicitations({ journal, onFatal: fail });

let lastUpdateAt = 0;
let lastActivityAt = performance.now();
const agentRecord = readAgentRecord();
if (agentRecord !== undefined) journal.hide(agentRecord.agentSessionId);

const keeper = createAgentKeeper({
  sessionId,
  projectPath: record.projectPath,
  version: VERSION,
  environment: config.environment,
  logger,
  resolve: (onProgress, signal) =>
    resolveAgent(record.provider, {
      paths,
      env: config.environment,
      nodePath: process.execPath,
      demoPath: join(import.meta.dirname, '../agents/demo', `main${extname(import.meta.filename)}`),
      signal,
      onProgress: (progress) => onProgress(progress.message),
    }),
  tools: (startId, environment) =>
    findAgentTools({ home: paths.home, sessionId, provider: record.provider, startId, environment }),
  record: {
    read: readAgentRecord,
    write(agentSessionId) {
      journal.hide(agentSessionId);
      const createdAt = new Date().toISOString();
      const value: AgentRecord = { provider: record.provider, agentSessionId, createdAt };
      writeFileAtomically(files.agent, `${JSON.stringify(value)}\n`);
    },
  },
  choices: (isNew) => ({
    chosen: state.options,
    defaults: isNew ? toDefaultOptions(readAgentSettings(paths.agentSettings), record.provider) : [],
  }),
  onDefaultTaken: (option) =>
    journal.append({ kind: 'option_changed', by: { type: 'system', reason: 'new_session' }, option }),
  onProgress(message) {
    const run = state.run === undefined ? {} : { runId: RunId.parse(state.run.runId) };
    journal.append({ kind: 'status', state: 'starting', ...run, message });
  },
  onReady(ready, commandId) {
    appendAgentReady(journal, ready, { keeper, commandId: CommandId.safeParse(commandId).data });
    ring({ type: 'agent', isAlive: true });
  },
  onUpdate(update) {
    lastUpdateAt = performance.now();
    journal.appendUpdate(update);
    sayRetrying(update);
  },
  onPermission: (question, signal) => permissions.ask(question, signal),
  onElicitation: (question, signal) => elicitations.ask(question, signal),
  onContextLost: (message) => journal.append({ kind: 'error', code: 'AGENT_CONTEXT_LOST', message }),
  onOptionLost: (message) => journal.append({ kind: 'error', code: 'AGENT_ERROR', message }),
  onExit: () => {
    ring({ type: 'agent', isAlive: false });
    lastActivityAt = performance.now();
  },
});

const attachmentPath = (sha256: string): string => attachments.pathOf(sha256);
const runner = createSessionRunner({
  sessionId,
  projectPath: record.projectPath,
  journal,
  keeper,
  permissions,
  elicitations,
  attachmentPath,
  nameFile: (sha256, name) => nameAttachment({ folder: files.files, attachmentPath }, sha256, name),
  onDowngrade: (what) => logger.warn({ what }, 'a part of a prompt was given to the agent in another form'),
  lastUpdateAt: () => lastUpdateAt,
  commands: createCommandQueue({
    inboxPath: files.inbox,
    isAnswered: (commandId) => state.answered.has(commandId),
    onBadLine: (line) => logger.error({ line: line.slice(0, 200) }, 'inbox line is no command'),
  }),
  logger,
  isDeleted: record.deleted,
  oldBefore: findOldBefore(),
  now: Date.now,
  onActivity: () => {
    lastActivityAt = performance.now();
  },
  onFatal: fail,
});

doorbells.server = await startDoorbellServer({
  path: files.socket,
  hello: () => ({
    type: 'hello',
    version: DOORBELL_VERSION,
    sessionId,
    pid: process.pid,
    epoch: journal.epoch,
    lastSeq: state.lastSeq,
    answersPing: true,
  }),
  onInboxGrew: () => runner.readInbox(),
  isAgentAlive: () => keeper.current !== undefined,
  onEndAgent: () => {
    logger.info('the host wants the memory of an agent without work');
    runner.endIdleAgent().catch(fail);
  },
});
logger.info({ sessionId, provider: record.provider, epoch: journal.epoch, lastSeq: state.lastSeq }, 'runner is ready');

let isLeaving = false;
/** Filled at the end of the start; SIGTERM may come before. */
const timers: { poll?: NodeJS.Timeout } = {};
process.on('SIGTERM', () => {
  if (isLeaving) return;
  isLeaving = true;
  logger.info('SIGTERM: stop, complete, leave');
  runner.retire().then(leave, fail);
});
// The launcher's terminal is none of this process's business.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);

await runner.recover();
runner.readInbox();
if (record.deleted) await leave();
timers.poll = setInterval(() => {
  runner.readInbox();
  const idleMs = keeper.current === undefined ? config.idleWithoutAgentMs : config.idleMs;
  if (!isLeaving && runner.isIdle && performance.now() - lastActivityAt > idleMs) void leaveWhenIdle().catch(fail);
}, POLL_MS);

/**
 * Nobody can ring any more once the socket is closed, so the inbox is read once more. A command that came in between
 * is done without doorbells; konsole starts another runner for the next one.
 */
async function leaveWhenIdle(): Promise<void> {
  isLeaving = true;
  await doorbells.server?.close();
  do {
    runner.readInbox();
    while (!runner.isIdle) await new Promise((resolve) => setTimeout(resolve, POLL_MS / 4));
    await keeper.end(2000);
    runner.readInbox();
  } while (!runner.isIdle);
  logger.info('idle: leaving');
  await leave();
}

async function leave(): Promise<void> {
  clearInterval(timers.poll);
  await doorbells.server?.close();
  journal.close();
  lock?.release();
  process.exit(0);
}

/** The machine's boot, or the one that a test says. */
function readBoot(): { id: string; at: number } {
  const { bootIdFile } = config;
  if (bootIdFile === undefined) return { id: readBootId(), at: Date.now() - uptime() * 1000 };
  return { id: readFileSync(bootIdFile, 'utf8').trim(), at: statSync(bootIdFile).mtimeMs };
}

/** What was asked before a reboot is old; where the log lost lines, nobody knows what was done of all that stands in the inbox. */
function findOldBefore(): number {
  const before = state.epochs.at(-2)?.bootId;
  if (log.opened.newEpoch && before !== undefined && before !== boot.id) return boot.at;
  return log.opened.hasLostLines ? Date.now() : Number.NEGATIVE_INFINITY;
}

function readAgentRecord(): AgentRecord | undefined {
  try {
    const value = AgentRecord.parse(JSON.parse(readFileSync(files.agent, 'utf8')));
    return value.provider === record.provider ? value : undefined;
  } catch {
    // Missing, or half written by a machine that lost power: the agent begins anew and says so.
    return undefined;
  }
}

/** An agent that tries a failed request again says so in the metadata of an update (Claude Code, Codex). */
function sayRetrying(update: Readonly<Record<string, unknown>>): void {
  const failure = parseSessionFailure(update);
  const runId = state.run?.runId;
  if (failure !== undefined && runId !== undefined) {
    journal.append({ kind: 'retrying', runId: RunId.parse(runId), message: failure.message });
  }
}
