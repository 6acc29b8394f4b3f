import { HOST_API_VERSION, type HomePaths, type ProviderInfo, SessionId, sessionPaths, VERSION } from '@konui/protocol';
import type { Logger } from 'pino';
import { SessionHistory } from './history/session-history.ts';
import { readCommit } from './git/read-commit.ts';
import { AgentSettingsStore } from './agents/agent-settings.ts';
import type { Machine } from './agents/machine.ts';
import { authenticateAgent } from './authenticate-agent.ts';
import { createApp } from './http/create-app.ts';
import { EventStreams } from './http/event-streams.ts';
import { FeedStreams } from './http/feed-streams.ts';
import { listenOnSocket } from './http/listen-on-socket.ts';
import { refreshIndex } from './session-index/refresh-index.ts';
import { SearchIndexer } from './search/search-indexer.ts';
import { SearchStore } from './search/search-store.ts';
import { SessionSearch } from './search/session-search.ts';
import { SessionIndex } from './session-index/session-index.ts';
import { adoptRunners } from './sessions/adopt-runners.ts';
import { CommandIntake } from './sessions/command-intake.ts';
import { HostFeed } from './sessions/host-feed.ts';
import { type Clock, LimitResume, wallClock } from './sessions/limit-resume.ts';
import { LiveSessions, type LiveSessionsOptions } from './sessions/live-sessions.ts';
import { readHistoryState } from './sessions/read-history-state.ts';
import { SessionAttachments } from './sessions/session-attachments.ts';
import { SessionDeletion } from './sessions/session-deletion.ts';
import { SessionList } from './sessions/session-list.ts';
import { readSessionState, watchSession } from './sessions/session-watches.ts';
import { WarmAgents } from './sessions/warm-agents.ts';
import { SignInStates } from './sign-in-states.ts';
import { type RunnerProgram, startRunner } from './sessions/start-runner.ts';

export interface HostOptions {
  readonly paths: HomePaths;
  readonly logger: Logger;
  readonly runner: RunnerProgram;
  /** What agents are looked for on. */
  readonly machine: Machine;
  readonly maxWarmAgents: number;
  /** The agents that can be chosen; rejects with AGENTS_FILE_INVALID. */
  readonly listProviders: () => Promise<readonly ProviderInfo[]>;
  /** For tests. */
  readonly timing?: LiveSessionsOptions['timing'];
  /** For tests. */
  readonly clock?: Clock;
}

export interface Host {
  /** Serves the host API on the home's socket, and finds the runners that live. */
  listen(): Promise<void>;
  /** Ends streams and connections and leaves the runners alone. */
  close(): Promise<void>;
}

/** The agent host of one home, whose folders exist and whose lock the caller holds. Wires the parts; owns none of their rules. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { paths, logger, machine } = options;
  const onWarning = (message: string, fields: object = {}) => logger.warn(fields, message);

  const index = new SessionIndex(paths);
  if (index.wasReplaced) logger.warn('index.db could not be used and is built anew');
  const folded = await refreshIndex({ paths, index, onWarning });
  logger.info({ sessions: index.list().length, folded }, 'the session list is ready');

  const signIns = new SignInStates();
  const listProviders = async (): Promise<ProviderInfo[]> => {
    const providers = await options.listProviders();
    return providers.map((info) => ({ ...info, signIn: signIns.statusOf(info.provider) }));
  };
  const warm = new WarmAgents({ max: options.maxWarmAgents });
  const feed = new HostFeed();
  feed.subscribe(() => warm.consider());
  const live = new LiveSessions({
    paths,
    index,
    feed,
    startRunner: (sessionId, knownSeq) => {
      logger.info({ sessionId }, 'starting a runner');
      return startRunner(options.runner, { sessionId, knownSeq, paths: sessionPaths(paths, sessionId) });
    },
    onAgent: (entry, isAlive) => warm.note(entry, isAlive),
    onSignIn: (provider, signIn) => signIns.note(provider, signIn),
    onWarning,
    ...(options.timing === undefined ? {} : { timing: options.timing }),
  });
  const list = new SessionList({ paths, index, live, feed, listProviders });
  const deletion = new SessionDeletion({ paths, index, live, feed, onWarning });
  const acquire = async (sessionId: SessionId) => live.acquire(sessionId, list.require(sessionId));

  const history = new SessionHistory({
    paths,
    row: (sessionId) => list.get(sessionId),
    state: (sessionId) => readHistoryState({ live, index, acquire }, sessionId),
  });
  const searchStore = new SearchStore(index.database);
  const indexer = new SearchIndexer({
    paths,
    store: searchStore,
    sessions: index,
    subscribe: (listener) => feed.subscribe(listener),
    publish: (message) => feed.publish(message),
    onWarning,
  });
  const search = new SessionSearch({
    store: searchStore,
    rowOf: (sessionId) => list.rowOf(SessionId.parse(sessionId)),
  });
  const streams = new EventStreams((sessionId, listener) => watchSession(acquire, sessionId, listener));
  const feeds = new FeedStreams({
    subscribe: (listener) => feed.subscribe(listener),
    rowOf: (sessionId) => list.rowOf(sessionId),
  });
  const settings = new AgentSettingsStore({ machine, signInOf: (provider) => signIns.signInOf(provider) });
  const app = createApp(
    {
      health: () => ({
        part: 'konsole',
        hostApiVersion: HOST_API_VERSION,
        version: VERSION,
        pid: process.pid,
        home: paths.home,
        sessions: list.count,
        running: list.listRunning().length,
      }),
      listProviders,
      agents: {
        settings: (provider) => settings.get(provider),
        change: (provider, change) => settings.change(provider, change),
        async authenticate(provider, methodId) {
          await authenticateAgent({ provider, methodId, machine });
          const at = new Date().toISOString();
          signIns.note(provider, { isNeeded: false, at, signIn: signIns.signInOf(provider) });
        },
      },
      sessions: {
        create: (request) => list.create(request),
        get: (sessionId) => list.get(sessionId),
        list: () => list.list(),
        listRunning: () => list.listRunning(),
        state: (sessionId) => readSessionState(acquire, sessionId),
        change: (sessionId, change) => list.change(sessionId, change),
        delete: (sessionId) => deletion.delete(sessionId),
      },
      commands: new CommandIntake({
        paths,
        acquire,
        unarchive: (sessionId) => void list.change(sessionId, { archived: false }),
      }),
      history,
      historyPages: history,
      search,
      attachments: new SessionAttachments({ paths, require: (sessionId) => list.require(sessionId) }),
      git: { readCommit },
      streams,
      feeds,
    },
    logger,
  );

  let limitResume: LimitResume | undefined;
  let server: Awaited<ReturnType<typeof listenOnSocket>> | undefined;
  return {
    async listen() {
      server = await listenOnSocket(app, paths.konsoleSocket);
      logger.info({ socket: paths.konsoleSocket }, 'konsole listens');
      deletion.finishAll();
      const living = await adoptRunners({ paths, index, acquire, onWarning });
      logger.info({ living }, 'looked for living runners');
      indexer.start();
      limitResume = new LimitResume({
        paths,
        acquire,
        list: () => list.list(),
        subscribe: (listener) => feed.subscribe(listener),
        clock: options.clock ?? wallClock,
        onWarning,
      });
    },
    async close() {
      limitResume?.close();
      deletion.close();
      streams.close();
      feeds.close();
      await server?.close();
      live.close();
      await indexer.close();
      index.close();
    },
  };
}
