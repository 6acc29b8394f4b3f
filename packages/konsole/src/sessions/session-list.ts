import { mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { writeFileAtomically } from '@konui/log';
import {
  type CreateSessionRequest,
  type HomePaths,
  KonuiError,
  newId,
  type ProviderInfo,
  SessionId,
  type SessionInfo,
  type SessionRecord,
  sessionPaths,
  type SessionChange,
} from '@konui/protocol';
import { EMPTY_SUMMARY, HEALTHY_RUNNER, type IndexedSession, toSessionInfo } from '../session-summary.ts';
import type { HostFeed } from './host-feed.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { SessionIndex } from './session-index.ts';
import { isInTrash } from './trash.ts';

export interface SessionListOptions {
  readonly paths: HomePaths;
  readonly index: SessionIndex;
  readonly live: LiveSessions;
  readonly feed: HostFeed;
  listProviders(): Promise<readonly ProviderInfo[]>;
}

/** Which sessions there are, and what each is doing. */
export class SessionList {
  readonly #options: SessionListOptions;

  constructor(options: SessionListOptions) {
    this.#options = options;
  }

  /** A new session, or the one that has this id, provider and path already (SPEC HOST5). */
  async create(request: CreateSessionRequest): Promise<{ session: SessionInfo; isNew: boolean }> {
    const projectPath = resolve('/', request.projectPath);
    const known = this.#known(request, projectPath);
    if (known !== undefined) return known;
    await this.#requireProvider(request.provider);
    await requireFolder(request.projectPath);
    // The same request may have come twice at once.
    return this.#known(request, projectPath) ?? { session: this.#write({ ...request, projectPath }), isNew: true };
  }

  /** Throws SESSION_NOT_FOUND or SESSION_GONE. */
  require(sessionId: SessionId): IndexedSession {
    const { index, paths } = this.#options;
    const found = index.get(sessionId);
    if (found?.record.deleted === true || (found === undefined && isInTrash(paths, sessionId))) {
      throw new KonuiError('SESSION_GONE', `session ${sessionId} was deleted`);
    }
    if (found === undefined) throw new KonuiError('SESSION_NOT_FOUND', `there is no session ${sessionId}`);
    return found;
  }

  get(sessionId: SessionId): SessionInfo {
    return this.#toRow(this.require(sessionId));
  }

  /** What is left out of the change stays as it is. */
  change(sessionId: SessionId, change: SessionChange): SessionInfo {
    const { paths, index, live, feed } = this.#options;
    const { record, summary } = this.require(sessionId);
    const changed: SessionRecord = { ...record, ...change };
    if (JSON.stringify(changed) === JSON.stringify(record)) return this.get(sessionId);
    writeFileAtomically(sessionPaths(paths, sessionId).session, `${JSON.stringify(changed)}\n`);
    index.putRecord(changed);
    if (live.rowOf(sessionId) !== undefined) live.setRecord(changed);
    else feed.publish({ type: 'session_upserted', session: toSessionInfo(changed, summary, HEALTHY_RUNNER) });
    return this.get(sessionId);
  }

  rowOf(sessionId: SessionId): SessionInfo | undefined {
    const found = this.#options.index.get(sessionId);
    return found === undefined || found.record.deleted ? undefined : this.#toRow(found);
  }

  /** Newest first. */
  list(): SessionInfo[] {
    const rows = this.#options.index.list().map((session) => this.#toRow(session));
    return rows.sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1));
  }

  get count(): number {
    return this.#options.index.list().length;
  }

  listRunning(): SessionInfo[] {
    return this.list().filter(({ status }) => status !== 'idle');
  }

  #toRow(session: IndexedSession): SessionInfo {
    const { record, summary } = session;
    return this.#options.live.rowOf(record.sessionId) ?? toSessionInfo(record, summary, HEALTHY_RUNNER);
  }

  #known(
    { sessionId, provider }: CreateSessionRequest,
    projectPath: string,
  ): { session: SessionInfo; isNew: boolean } | undefined {
    const { index, paths } = this.#options;
    if (sessionId === undefined) return undefined;
    if (index.get(sessionId) === undefined && !isInTrash(paths, sessionId)) return undefined;
    const session = this.get(sessionId);
    if (session.provider === provider && session.projectPath === projectPath) return { session, isNew: false };
    throw new KonuiError('IDEMPOTENCY_CONFLICT', `session ${sessionId} exists with another provider or folder`);
  }

  async #requireProvider(provider: string): Promise<void> {
    const providers = await this.#options.listProviders();
    if (providers.some((known) => known.provider === provider)) return;
    const names = providers.map((known) => known.provider).join(', ');
    throw new KonuiError(
      'UNSUPPORTED_PROVIDER',
      `there is no agent "${provider}"; choose one of ${names}, or add it to agents.json`,
    );
  }

  #write({ sessionId = newId(SessionId), provider, projectPath }: CreateSessionRequest): SessionInfo {
    const { paths, index, feed } = this.#options;
    const createdAt = new Date().toISOString();
    const record: SessionRecord = {
      sessionId,
      provider,
      projectPath,
      title: null,
      createdAt,
      archived: false,
      deleted: false,
      resumeAfterLimit: false,
    };
    const files = sessionPaths(paths, sessionId);
    mkdirSync(files.folder, { recursive: true, mode: 0o700 });
    writeFileAtomically(files.session, `${JSON.stringify(record)}\n`);
    index.put({ record, summary: EMPTY_SUMMARY }, 0);
    const session = toSessionInfo(record, EMPTY_SUMMARY, HEALTHY_RUNNER);
    feed.publish({ type: 'session_upserted', session });
    return session;
  }
}

async function requireFolder(path: string): Promise<void> {
  const isFolder = isAbsolute(path) && !path.includes('\0') && (await isDirectory(path));
  if (!isFolder) throw new KonuiError('PROJECT_NOT_FOUND', `${path} is no absolute path of an existing folder`);
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    // Missing, or behind a folder that may not be entered: for a person both mean another path.
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
