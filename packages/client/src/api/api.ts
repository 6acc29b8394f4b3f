import {
  AgentSettings,
  type AgentSettingsChange,
  AttachmentStored,
  HistoryAnswer,
  type ProviderInfo,
  SearchAnswer,
  type SessionChange,
  type SessionEvent,
  SessionInfo,
} from '@konui/protocol';
import { fetchWithProgress } from './fetch-with-progress.ts';
import { type ApiOptions, type ApiRequest, parseAnswer, request } from './request.ts';
import {
  type AccessTokenInfo,
  AccessTokensAnswer,
  CreatedAccessToken,
  EventsAnswer,
  FolderListing,
  ProvidersAnswer,
  ReadMarksAnswer,
  ServerInfo,
  SessionsAnswer,
  Ticket,
} from './shapes.ts';

/** A page of a session's log. */
export interface EventsPage {
  readonly events: readonly SessionEvent[];
  readonly epoch: string | undefined;
  readonly lastSeq: number;
  /** There are further events in the direction that was asked for. */
  readonly hasMore: boolean;
}

/** Which events: after a seq, or the ones just below `before`; both in order. Default limit 500. */
export interface EventsQuery {
  readonly after?: number;
  readonly before?: number;
  readonly limit?: number;
}

/** Which part of a session's history: its end, or what lies just below `before`; `bytes` at most (default 10 KiB). */
export interface HistoryPageQuery {
  readonly before?: number;
  readonly bytes?: number;
}

/** A search over all sessions: every word must be there, one in quotes as it stands (SRCH). */
export interface SearchRequest {
  readonly q: string;
  readonly projectPath?: string;
  readonly provider?: string;
  /** ISO 8601; `from` inclusive, `to` exclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly includeArchived?: boolean;
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((sentBytes: number) => void) | undefined;
}

/** The gateway's REST interface. Everything rejects with a KonuiError: the server's code, or HOST_UNREACHABLE. */
export interface Api {
  info(): Promise<ServerInfo>;
  providers(): Promise<readonly ProviderInfo[]>;
  sessions: {
    /** A chosen `sessionId` (a UUID) makes sending it again safe. */
    create(options: { provider: string; projectPath: string; sessionId?: string }): Promise<SessionInfo>;
    list(): Promise<readonly SessionInfo[]>;
    /** Status only; it starts and attaches nothing (D1). */
    running(): Promise<readonly SessionInfo[]>;
    get(sessionId: string): Promise<SessionInfo>;
    /** Title, archived, resumeAfterLimit: what is left out stays as it is. */
    change(sessionId: string, change: SessionChange): Promise<SessionInfo>;
    /** Stops what runs and deletes the session for good; every client hears `session_removed`. */
    remove(sessionId: string): Promise<void>;
    events(sessionId: string, query?: EventsQuery): Promise<EventsPage>;
    /** A page of merged events; without `before` also what the rest of the log says of the state (HIST). */
    history(sessionId: string, page?: HistoryPageQuery, signal?: AbortSignal): Promise<HistoryAnswer>;
    attachment(sessionId: string, sha256: string): Promise<Blob>;
    /**
     * Stores a file for a prompt, which names it by `attachment` (ATT1). `onProgress` hears the bytes sent so far, where
     * the platform tells. Rejects with ATTACHMENT_TOO_LARGE, or the signal's reason.
     */
    upload(sessionId: string, blob: Blob, options?: UploadOptions): Promise<AttachmentStored>;
  };
  agents: {
    /** Which keys are set, never their values; defaults; ways to sign in. */
    settings(provider: string): Promise<AgentSettings>;
    /** What is left out stays; null removes a variable. */
    change(provider: string, change: AgentSettingsChange): Promise<AgentSettings>;
    /** Asks the agent to sign in by one of its methods without a command. Rejects with AGENT_ERROR and its words. */
    authenticate(provider: string, methodId: string): Promise<void>;
  };
  /** Newest first. A page's `nextCursor` is the next one's `cursor`. */
  search(query: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  /** For one socket or image; valid for `expiresInMs`. */
  createTicket(signal?: AbortSignal): Promise<Ticket>;
  /** Subfolders of a folder (default: the home folder), for choosing a project. */
  folders(path?: string): Promise<FolderListing>;
  /** Makes a folder with those above it, where it is missing. */
  createFolder(path: string): Promise<FolderListing>;
  /** How far this person has read each session. */
  readMarks: {
    list(): Promise<Readonly<Record<string, number>>>;
    set(sessionId: string, seq: number): Promise<void>;
  };
  accessTokens: {
    list(): Promise<readonly AccessTokenInfo[]>;
    /** The token is told here and never again. */
    create(name: string): Promise<CreatedAccessToken>;
    /** Closes the sockets that use it (GW10). */
    revoke(id: string): Promise<void>;
  };
}

const SESSIONS = '/api/providers/sessions';

export function createApi(options: ApiOptions): Api {
  const ask = (what: ApiRequest) => request(options, what);
  const sessionPath = (sessionId: string) => `${SESSIONS}/${encodeURIComponent(sessionId)}`;
  const settingsPath = (provider: string) => `/api/providers/${encodeURIComponent(provider)}/settings`;
  return {
    info: async () => parseAnswer(ServerInfo, await ask({ path: '/api/console/ws/info' })),
    providers: async () => (await parseAnswer(ProvidersAnswer, await ask({ path: '/api/providers' }))).providers,
    sessions: {
      create: async (body) => parseAnswer(SessionInfo, await ask({ method: 'POST', path: SESSIONS, body })),
      list: async () => (await parseAnswer(SessionsAnswer, await ask({ path: SESSIONS }))).sessions,
      running: async () => (await parseAnswer(SessionsAnswer, await ask({ path: `${SESSIONS}/running` }))).sessions,
      get: async (sessionId) => parseAnswer(SessionInfo, await ask({ path: sessionPath(sessionId) })),
      change: async (sessionId, body) =>
        parseAnswer(SessionInfo, await ask({ method: 'PATCH', path: sessionPath(sessionId), body })),
      async remove(sessionId) {
        await ask({ method: 'DELETE', path: sessionPath(sessionId) });
      },
      events: async (sessionId, query) =>
        toEventsPage(await ask({ path: `${sessionPath(sessionId)}/events`, query: { ...query } })),
      history: async (sessionId, page, signal) =>
        parseAnswer(
          HistoryAnswer,
          await ask({ path: `${sessionPath(sessionId)}/history`, query: { ...page }, signal }),
        ),
      attachment: async (sessionId, sha256) =>
        (await ask({ path: `${sessionPath(sessionId)}/attachments/${encodeURIComponent(sha256)}` })).blob(),
      async upload(sessionId, blob, { signal, onProgress } = {}) {
        const send = options.fetch ?? fetch;
        const watched = onProgress === undefined ? options : { ...options, fetch: fetchWithProgress(send, onProgress) };
        const path = `${sessionPath(sessionId)}/attachments`;
        return parseAnswer(AttachmentStored, await request(watched, { method: 'POST', path, blob, signal }));
      },
    },
    agents: {
      settings: async (provider) => parseAnswer(AgentSettings, await ask({ path: settingsPath(provider) })),
      change: async (provider, body) =>
        parseAnswer(AgentSettings, await ask({ method: 'PATCH', path: settingsPath(provider), body })),
      async authenticate(provider, methodId) {
        const path = `/api/providers/${encodeURIComponent(provider)}/authenticate`;
        await ask({ method: 'POST', path, body: { methodId } });
      },
    },
    search: async ({ includeArchived, ...query }, signal) => {
      const archived = includeArchived === undefined ? {} : { includeArchived: String(includeArchived) };
      return parseAnswer(SearchAnswer, await ask({ path: '/api/search', query: { ...query, ...archived }, signal }));
    },
    createTicket: async (signal) => parseAnswer(Ticket, await ask({ method: 'POST', path: '/api/tickets', signal })),
    folders: async (path) => parseAnswer(FolderListing, await ask({ path: '/api/folders', query: { path } })),
    createFolder: async (path) =>
      parseAnswer(FolderListing, await ask({ method: 'POST', path: '/api/folders', body: { path } })),
    readMarks: {
      list: async () => (await parseAnswer(ReadMarksAnswer, await ask({ path: '/api/read-marks' }))).readMarks,
      async set(sessionId, seq) {
        await ask({ method: 'PUT', path: `/api/read-marks/${encodeURIComponent(sessionId)}`, body: { seq } });
      },
    },
    accessTokens: {
      list: async () => (await parseAnswer(AccessTokensAnswer, await ask({ path: '/api/access-tokens' }))).accessTokens,
      create: async (name) =>
        parseAnswer(CreatedAccessToken, await ask({ method: 'POST', path: '/api/access-tokens', body: { name } })),
      async revoke(id) {
        await ask({ method: 'DELETE', path: `/api/access-tokens/${encodeURIComponent(id)}` });
      },
    },
  };
}

async function toEventsPage(answer: Response): Promise<EventsPage> {
  const { events, epoch, lastSeq, more } = await parseAnswer(EventsAnswer, answer);
  return { events, epoch: epoch ?? undefined, lastSeq, hasMore: more };
}
