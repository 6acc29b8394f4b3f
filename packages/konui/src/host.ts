import type {
  AgentSettingsChange,
  AttachmentStored,
  AuthenticateRequest,
  CommandAccepted,
  ConfigureRequest,
  CreateSessionRequest,
  Cursor,
  CursorVerdict,
  ElicitationAnswer,
  HostFeedMessage,
  HostHealth,
  PermissionAnswer,
  PrepareRequest,
  PromptRequest,
  Provider,
  QueueRequest,
  SessionChange,
  SessionId,
  SessionStateView,
  Sha256,
  StopRequest,
  StreamOpened,
} from '@konui/protocol';

/** A JSON answer of the host whose bytes go on to the client as they are. */
export interface HostAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Log lines, each ended by LF, byte for byte as they stand in the log. */
export interface EventsPage {
  readonly lines: Buffer;
  readonly epoch: string | null;
  readonly lastSeq: number;
  /** There are further events in the direction that was asked for. */
  readonly hasMore: boolean;
}

export interface EventsRange {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
}

/** The end of a session's log, or what lies just below `before`; `bytes` of merged events at most. */
export interface HistoryRange {
  readonly before?: number | undefined;
  readonly bytes?: number | undefined;
}

/** One event of a session's stream. */
export interface StreamedEvent {
  readonly epoch: string;
  readonly seq: number;
  /** The log line without its LF. */
  readonly line: Buffer;
}

export interface SessionStreamListener {
  /** Events that arrived together, in order. */
  onEvents(events: readonly StreamedEvent[]): void;
  /** The host does not accept the position that the stream was at: what follows is another history. The stream has ended. */
  onReset(opened: StreamOpened): void;
  /** The session is gone for good. The stream has ended. */
  onGone(error: Error): void;
}

export interface HostFeedListener {
  onMessage(message: HostFeedMessage): void;
  onUnreachable(): void;
  /** Messages may have been missed before this. */
  onReachable(): void;
}

/** Something that goes on by itself until it is closed. */
export interface HostStream {
  close(): void;
}

/**
 * What the gateway asks of an agent host. Every failure is a KonuiError: the host's own, or HOST_UNREACHABLE.
 */
export interface AgentHost {
  health(): Promise<HostHealth>;
  providers(): Promise<HostAnswer>;
  sessions(): Promise<HostAnswer>;
  runningSessions(): Promise<HostAnswer>;
  session(sessionId: SessionId): Promise<HostAnswer>;
  changeSession(sessionId: SessionId, change: SessionChange): Promise<HostAnswer>;
  removeSession(sessionId: SessionId): Promise<HostAnswer>;
  createSession(request: CreateSessionRequest): Promise<HostAnswer>;
  sessionState(sessionId: SessionId): Promise<SessionStateView>;
  sendPrompt(sessionId: SessionId, request: PromptRequest): Promise<CommandAccepted>;
  stop(sessionId: SessionId, request: StopRequest): Promise<CommandAccepted>;
  answerPermission(sessionId: SessionId, answer: PermissionAnswer): Promise<CommandAccepted>;
  answerElicitation(sessionId: SessionId, answer: ElicitationAnswer): Promise<CommandAccepted>;
  changeQueue(sessionId: SessionId, request: QueueRequest): Promise<CommandAccepted>;
  prepare(sessionId: SessionId, request: PrepareRequest): Promise<CommandAccepted>;
  configure(sessionId: SessionId, request: ConfigureRequest): Promise<CommandAccepted>;
  events(sessionId: SessionId, range: EventsRange): Promise<EventsPage>;
  history(sessionId: SessionId, range: HistoryRange): Promise<HostAnswer>;
  /** `query` as `SearchQuery` has it, in strings. */
  search(query: Readonly<Record<string, string>>): Promise<HostAnswer>;
  attachment(sessionId: SessionId, sha256: Sha256): Promise<AsyncIterable<Uint8Array>>;
  /** Passes the bytes on as they come; a sender that breaks off leaves nothing behind. */
  storeAttachment(sessionId: SessionId, bytes: AsyncIterable<Uint8Array>): Promise<AttachmentStored>;
  agentSettings(provider: Provider): Promise<HostAnswer>;
  changeAgentSettings(provider: Provider, change: AgentSettingsChange): Promise<HostAnswer>;
  authenticateAgent(provider: Provider, request: AuthenticateRequest): Promise<HostAnswer>;
  /** Rejects with COMMIT_NOT_FOUND or REPOSITORY_UNKNOWN. */
  commit(query: { path: string; sha: string; file?: string }): Promise<HostAnswer>;
  /** Whether a cursor fits the session's log, as the host judges it. */
  judgeCursor(sessionId: SessionId, cursor: Cursor): Promise<CursorVerdict>;
  /** Follows a session from a position that is known to fit, across the host's restarts. */
  followSession(sessionId: SessionId, from: Cursor, listener: SessionStreamListener): HostStream;
  /** Follows the session list, across the host's restarts. */
  followFeed(listener: HostFeedListener): HostStream;
}
