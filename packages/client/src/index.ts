export {
  type Api,
  createApi,
  type EventsPage,
  type EventsQuery,
  type HistoryPageQuery,
  type SearchRequest,
  type UploadOptions,
} from './api/api.ts';
export { inject } from './api/inject.ts';
export { createKontasksApi, type KontaskFacets, type KontasksApi } from './api/kontasks-api.ts';
export { createLayoutsApi, type LayoutsApi } from './api/layouts-api.ts';
export type { ApiOptions } from './api/request.ts';
export type { AccessTokenInfo, CreatedAccessToken, FolderListing, ServerInfo, Ticket } from './api/shapes.ts';
export {
  type AccessTokenRow,
  createSettingsApi,
  type NewAccessToken,
  type OwnAccess,
  type PushChoice,
  type SettingsApi,
} from './api/settings-api.ts';
export { type Clock, systemClock } from './clock.ts';
export { createConnection } from './connection/connection.ts';
export type {
  ClientVisibility,
  Connection,
  ConnectionOptions,
  ElicitationReply,
  PermissionChoice,
  QueueChange,
  SubscribeOptions,
} from './connection/connection-options.ts';
export type { ConnectionState, LinkState } from './connection/connection-state.ts';
export type { Credentials } from './connection/sign-in.ts';
export type { TransportName, TransportSetting } from './connection/transport-choice.ts';
export { browserWakeUps, type WakeUpSource } from './connection/wake-ups.ts';
export { createConsole } from './console/create-console.ts';
export type {
  ConsoleInjectOptions,
  ConsoleMessage,
  ConsoleMessageListener,
  ConsoleMessageType,
  ConsoleOptions,
  ConsolePermissionChoice,
  ConsolePromptOptions,
  ConsoleSocket,
  ImageBytes,
  PendingConsoleMessage,
} from './console/console-options.ts';
export { isStoredText, textOfBlock } from './conversation/blocks.ts';
export {
  type Choice,
  type ConversationState,
  createConversation,
  type PlanEntry,
} from './conversation/conversation-state.ts';
export type {
  ConversationItem,
  ElicitationItem,
  MessageBlock,
  MessageItem,
  PermissionItem,
  PromptItem,
  RunEndItem,
  StoredText,
  ToolContent,
  ToolItem,
} from './conversation/items.ts';
export { reduceConversation, reduceConversationEvents } from './conversation/reduce-conversation.ts';
export { unseenPrompts } from './conversation/unseen-prompts.ts';
export { HeldHistory } from './history/held-history.ts';
export type { ExportFacts } from './export/export-facts.ts';
export { exportEntries, imagesOf } from './export/export-parts.ts';
export { toHtml } from './export/to-html.ts';
export { toMarkdown } from './export/to-markdown.ts';
export {
  createKontaskInbox,
  type KontaskInbox,
  type KontaskInboxChange,
  type KontaskInboxState,
} from './kontasks/kontask-inbox.ts';
export { createKontaskLayouts, type KontaskLayouts, type KontaskLayoutsState } from './kontasks/kontask-layouts.ts';
export { createMemoryStorage, type OutboxStorage } from './outbox/outbox-storage.ts';
export type { CommandHandle, CommandOutcome, PendingCommand, PromptInput } from './outbox/pending-command.ts';
export { createReadMarks, type ReadMarks, type ReadMarksState } from './sessions/read-marks.ts';
export { createSessionList, type SessionList, type SessionListState } from './sessions/session-list.ts';
export type { Subscriber } from './subscriptions/session-feed.ts';
export type { Unsubscribe } from './subscriptions/subscriptions.ts';
