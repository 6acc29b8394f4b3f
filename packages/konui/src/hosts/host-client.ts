import type {
  AgentSettingsChange,
  AuthenticateRequest,
  ConfigureRequest,
  CreateSessionRequest,
  Cursor,
  CursorVerdict,
  ElicitationAnswer,
  PermissionAnswer,
  PrepareRequest,
  PromptRequest,
  Provider,
  QueueRequest,
  SessionChange,
  SessionId,
  Sha256,
  StopRequest,
} from '@konui/protocol';
import {
  AttachmentStored,
  CommandAccepted,
  EVENTS_HEADERS,
  HostHealth,
  KonuiError,
  SessionStateView,
} from '@konui/protocol';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type {
  AgentHost,
  EventsPage,
  EventsRange,
  HistoryRange,
  HostAnswer,
  HostFeedListener,
  HostStream,
  SessionStreamListener,
} from '../host.ts';
import { HostConnection } from './host-connection.ts';
import type { HostRequest } from './host-connection.ts';
import { HostFeed } from './host-feed.ts';
import { judgeByStream, SessionStream } from './session-stream.ts';

/** konsole on a unix socket (SPEC HOST1…HOST7). */
export class HostClient implements AgentHost {
  readonly #connection: HostConnection;

  /** `resendForMs`: how long a command is sent again whose answer was lost. */
  constructor({ socketPath, resendForMs }: { socketPath: string; resendForMs?: number }) {
    this.#connection = new HostConnection(socketPath, resendForMs);
  }

  health(): Promise<HostHealth> {
    return this.#parsed(HostHealth, { path: '/healthz' });
  }

  providers(): Promise<HostAnswer> {
    return this.#bytes({ path: '/providers' });
  }

  sessions(): Promise<HostAnswer> {
    return this.#bytes({ path: '/sessions' });
  }

  runningSessions(): Promise<HostAnswer> {
    return this.#bytes({ path: '/sessions/running' });
  }

  session(sessionId: SessionId): Promise<HostAnswer> {
    return this.#bytes({ path: `/sessions/${sessionId}` });
  }

  createSession(request: CreateSessionRequest): Promise<HostAnswer> {
    return this.#bytes({ method: 'POST', path: '/sessions', body: request });
  }

  changeSession(sessionId: SessionId, change: SessionChange): Promise<HostAnswer> {
    return this.#bytes({ method: 'PATCH', path: `/sessions/${sessionId}`, body: change });
  }

  removeSession(sessionId: SessionId): Promise<HostAnswer> {
    return this.#bytes({ method: 'DELETE', path: `/sessions/${sessionId}` });
  }

  sessionState(sessionId: SessionId): Promise<SessionStateView> {
    return this.#parsed(SessionStateView, { path: `/sessions/${sessionId}/state` });
  }

  sendPrompt(sessionId: SessionId, request: PromptRequest): Promise<CommandAccepted> {
    return this.#command(sessionId, 'prompt', request);
  }

  stop(sessionId: SessionId, request: StopRequest): Promise<CommandAccepted> {
    return this.#command(sessionId, 'stop', request);
  }

  answerPermission(sessionId: SessionId, answer: PermissionAnswer): Promise<CommandAccepted> {
    return this.#command(sessionId, 'permission', answer);
  }

  answerElicitation(sessionId: SessionId, answer: ElicitationAnswer): Promise<CommandAccepted> {
    return this.#command(sessionId, 'elicitation', answer);
  }

  changeQueue(sessionId: SessionId, request: QueueRequest): Promise<CommandAccepted> {
    return this.#command(sessionId, 'queue', request);
  }

  prepare(sessionId: SessionId, request: PrepareRequest): Promise<CommandAccepted> {
    return this.#command(sessionId, 'prepare', request);
  }

  configure(sessionId: SessionId, request: ConfigureRequest): Promise<CommandAccepted> {
    return this.#command(sessionId, 'configure', request);
  }

  storeAttachment(sessionId: SessionId, bytes: AsyncIterable<Uint8Array>): Promise<AttachmentStored> {
    // On a stream's connection, as for a download.
    const path = `/sessions/${sessionId}/attachments`;
    return this.#parsed(AttachmentStored, { method: 'POST', path, bytes, isSlow: true });
  }

  agentSettings(provider: Provider): Promise<HostAnswer> {
    return this.#bytes({ path: `/providers/${provider}/settings` });
  }

  changeAgentSettings(provider: Provider, change: AgentSettingsChange): Promise<HostAnswer> {
    return this.#bytes({ method: 'PATCH', path: `/providers/${provider}/settings`, body: change });
  }

  authenticateAgent(provider: Provider, request: AuthenticateRequest): Promise<HostAnswer> {
    return this.#bytes({ method: 'POST', path: `/providers/${provider}/authenticate`, body: request, isSlow: true });
  }

  async events(sessionId: SessionId, range: EventsRange): Promise<EventsPage> {
    const query = Object.entries(range).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
    const { answer, body } = await this.#connection.read({ path: `/sessions/${sessionId}/events?${query.join('&')}` });
    const epoch = headerOf(answer, EVENTS_HEADERS.epoch);
    return {
      lines: body,
      epoch: epoch === '' ? null : epoch,
      lastSeq: Number(headerOf(answer, EVENTS_HEADERS.lastSeq)),
      hasMore: ['true', '1'].includes(headerOf(answer, EVENTS_HEADERS.more)),
    };
  }

  history(sessionId: SessionId, range: HistoryRange): Promise<HostAnswer> {
    return this.#bytes({ path: `/sessions/${sessionId}/history${queryOf({ ...range })}` });
  }

  search(query: Readonly<Record<string, string>>): Promise<HostAnswer> {
    return this.#bytes({ path: `/search${queryOf(query)}` });
  }

  commit(query: { path: string; sha: string; file?: string }): Promise<HostAnswer> {
    return this.#bytes({ path: `/git/commit${queryOf(query)}` });
  }

  async attachment(sessionId: SessionId, sha256: Sha256): Promise<AsyncIterable<Uint8Array>> {
    // On a stream's connection: a client that downloads slowly must not hold one that requests wait for.
    const answer = await this.#connection.openStream({ path: `/sessions/${sessionId}/attachments/${sha256}` });
    return answer.body;
  }

  judgeCursor(sessionId: SessionId, cursor: Cursor): Promise<CursorVerdict> {
    return judgeByStream(this.#connection, sessionId, cursor);
  }

  followSession(sessionId: SessionId, from: Cursor, listener: SessionStreamListener): HostStream {
    return new SessionStream(this.#connection, sessionId, { from, listener });
  }

  followFeed(listener: HostFeedListener): HostStream {
    return new HostFeed(this.#connection, listener);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #command(sessionId: SessionId, name: string, body: unknown): Promise<CommandAccepted> {
    const path = `/sessions/${sessionId}/${name}`;
    const { body: answer } = await this.#connection.readCommand({ method: 'POST', path, body });
    return parseAnswer(CommandAccepted, answer, path);
  }

  async #bytes(request: HostRequest): Promise<HostAnswer> {
    const { answer, body } = await this.#connection.read(request);
    return { status: answer.statusCode, body };
  }

  async #parsed<T>(schema: z.core.$ZodType<T>, request: HostRequest): Promise<T> {
    const { body } = await this.#connection.read(request);
    return parseAnswer(schema, body, request.path);
  }
}

function parseAnswer<T>(schema: z.core.$ZodType<T>, body: Buffer, path: string): T {
  try {
    return z.parse(schema, JSON.parse(body.toString('utf8')));
  } catch (error) {
    throw new KonuiError(
      'INTERNAL_ERROR',
      `the agent host answered ${path.split('?')[0]} with something else; are both of one version?`,
      { cause: error },
    );
  }
}

function queryOf(fields: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string {
  const value = answer.headers[name];
  return typeof value === 'string' ? value : '';
}
