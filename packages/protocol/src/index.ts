export { AccessRight } from './access-right.ts';
export { Command } from './commands/command.ts';
export {
  ContentBlock,
  IMAGE_TYPES,
  MAX_PROMPT_IMAGES,
  PromptContent,
  PromptImage,
  StoredContentBlock,
  StoredFile,
  StoredImage,
  textOf,
  toPromptContent,
} from './content.ts';
export { IMAGE_HEAD_BYTES, sniffImageType, withoutCutCharacter } from './sniff-type.ts';
export { type DestructiveReason, isDestructive, type JudgedToolCall } from './destructive-command.ts';
export { CLOSE_CODES, type ErrorCode, ERRORS, isErrorCode, KonuiError, toErrorBody } from './errors.ts';
export { AGENT_KINDS, fromAgentUpdate } from './events/agent-update.ts';
export { StopReason } from './events/complete.ts';
export { ElicitationAction, ElicitationContent } from './events/elicitation-resolved.ts';
export { HoldReason } from './events/queue-held.ts';
export type { Envelope } from './events/define-event.ts';
export { KONUI_EVENTS, type KonuiEventBody } from './events/registry.ts';
export { isSessionEvent, parseSessionEvent, type SessionEvent } from './events/session-event.ts';
export { ClientFrame, type ClientFrameInput } from './frames/client-frame.ts';
export { ConsoleClientMessage, ConsoleImage, ConsoleServerMessage, ConsoleState } from './frames/console-message.ts';
export {
  ChatAccepted,
  ChatCaughtUp,
  ChatSubscribed,
  GatewayFrame,
  isGatewayKind,
  LoadingProgress,
  Pong,
  ProtocolError,
  ReadMarked,
  ServerHello,
  ServerNotice,
  SessionRemoved,
  SessionUpserted,
} from './frames/gateway-frame.ts';
export { HEARTBEAT, LIMITS, PONG_TIMEOUT_MS, WIRE_PROTOCOL_VERSION } from './frames/wire.ts';
export { type HomePaths, homePaths, type SessionPaths, sessionPaths } from './home-paths.ts';
export {
  AgentDefaults,
  AgentSettings,
  AgentSettingsChange,
  AuthenticateRequest,
  type VariableSource,
} from './host/agent-settings.ts';
export { DOORBELL_VERSION, HostMessage, RunnerMessage } from './host/doorbell.ts';
export {
  AttachmentStored,
  CommandAccepted,
  ConfigureRequest,
  CreateSessionRequest,
  ElicitationAnswer,
  EVENTS_HEADERS,
  HOST_API_VERSION,
  HostHealth,
  PermissionAnswer,
  PrepareRequest,
  PromptRequest,
  QueueAction,
  QueueRequest,
  SessionChange,
  SessionStateView,
  StopRequest,
  StreamOpened,
} from './host/host-api.ts';
export { HISTORY_PAGE_BYTES, HistoryAnswer, MAX_HISTORY_PAGE_BYTES } from './host/history.ts';
export { HostFeedMessage } from './host/host-feed.ts';
export { defaultAgent } from './host/default-agent.ts';
export { ProviderInfo } from './host/provider-info.ts';
export { CommitAnswer, CommitFile } from './host/commit.ts';
export { AgentRecord, GatewayRecord, SessionRecord } from './host/records.ts';
export { MAX_SEARCH_HITS, SearchAnswer, SearchHit, SearchQuery } from './host/search.ts';
export { SessionInfo, SessionStatus } from './host/session-info.ts';
export { CommandId, newId, PromptId, Provider, RequestId, RunId, Seq, SessionId, Sha256 } from './ids.ts';
export {
  InjectAnswer,
  InjectPolicy,
  InjectRequest,
  type InjectRequestInput,
  MAX_INJECT_DEPTH,
  REVIEW_TYPE,
} from './inject.ts';
export { isRecord } from './is-record.ts';
export { HandOverRule, HandOverSetting } from './kontask/hand-over.ts';
export {
  ChoiceRequest,
  ClaimRequest,
  KontaskAction,
  KontaskAnswer,
  ImportedKontask,
  KontaskChange,
  KontaskChangeRecord,
  KontaskList,
  KontaskQuery,
  KontaskSummary,
  NewKontask,
  type NewKontaskInput,
} from './kontask/kontask-api.ts';
export {
  KontaskLayout,
  KontaskLayoutsAnswer,
  layoutFileOf,
  LayoutField,
  LayoutFileAnswer,
  LayoutFormat,
  layoutTypeOf,
  MAX_LAYOUT_BYTES,
  MAX_LAYOUT_FILES,
  parseLayout,
} from './kontask/kontask-layout.ts';
export {
  Kontask,
  KontaskChoice,
  KontaskContext,
  KontaskId,
  KontaskStatus,
  MAX_KONTASK_OUTPUT_CHARACTERS,
  MAX_KONTASK_REST_BYTES,
  isPlainText,
} from './kontask/kontask.ts';
export { Origin } from './origin.ts';
export { isSameChoice, SessionOption } from './session-option.ts';
export { SignIn, SignInMethod } from './sign-in.ts';
export {
  type Cursor,
  CURSOR_VERDICTS,
  type CursorVerdict,
  judgeCursor,
  parseCursorId,
  toCursorId,
} from './session/cursor.ts';
export { canJoin, type MergedEvent, mergeEvents, textToJoin } from './session/merge-events.ts';
export { changesState, foldSession, reduceSession } from './session/reduce-session.ts';
export { fromSessionSnapshot, type SessionSnapshot, toSessionSnapshot } from './session/session-snapshot.ts';
export {
  createSessionState,
  type LastRun,
  type LimitState,
  nextPrompt,
  type OpenRun,
  type PendingElicitation,
  type PendingPermission,
  type PermissionOption,
  type QueuedPrompt,
  type QueueHold,
  type SessionState,
} from './session/state.ts';
export { VERSION } from './version.ts';
