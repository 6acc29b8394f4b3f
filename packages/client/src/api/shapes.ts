import { isSessionEvent, ProviderInfo, type SessionEvent, SessionInfo } from '@konui/protocol';
import * as z from 'zod/mini';

export const ProvidersAnswer = z.object({ providers: z.array(ProviderInfo) });
export const SessionsAnswer = z.object({ sessions: z.array(SessionInfo) });

/** Seq of the last event that was read, by session. */
export const ReadMarksAnswer = z.object({ readMarks: z.record(z.string(), z.int().check(z.nonnegative())) });

/** A page of a session's log. */
export const EventsAnswer = z.object({
  epoch: z.nullable(z.string()),
  lastSeq: z.int().check(z.nonnegative()),
  more: z.boolean(),
  events: z.array(z.custom<SessionEvent>(isSessionEvent)),
});

/** A single-use stand-in for the token (ACC1). */
export const Ticket = z.object({ ticket: z.string(), expiresInMs: z.number() });
export type Ticket = z.infer<typeof Ticket>;

/** `GET /api/console/ws/info` (A3); fields of later versions pass through. */
export const ServerInfo = z.looseObject({
  protocolVersion: z.int(),
  serverVersion: z.string(),
  heartbeat: z.object({ intervalMs: z.int(), staleMs: z.int() }),
  connectedClients: z.int(),
  hostReachable: z.boolean(),
  sessions: z.nullable(z.int()),
  running: z.nullable(z.int()),
});
export type ServerInfo = z.infer<typeof ServerInfo>;

/** Subfolders of a folder, for choosing a project. */
export const FolderListing = z.looseObject({
  path: z.string(),
  /** Null for the root. */
  parent: z.nullable(z.string()),
  isGitRepository: z.boolean(),
  folders: z.array(z.looseObject({ name: z.string(), path: z.string(), isGitRepository: z.boolean() })),
});
export type FolderListing = z.infer<typeof FolderListing>;

/** An access token without its secret. */
export const AccessTokenInfo = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.nullable(z.string()),
});
export type AccessTokenInfo = z.infer<typeof AccessTokenInfo>;
export const AccessTokensAnswer = z.object({ accessTokens: z.array(AccessTokenInfo) });
export const CreatedAccessToken = z.object({ id: z.string(), token: z.string() });
export type CreatedAccessToken = z.infer<typeof CreatedAccessToken>;
