import { ProviderInfo, SessionInfo } from '@konui/protocol';
import { z } from 'zod';

export const ProvidersAnswer = z.object({ providers: z.array(ProviderInfo) });
export const SessionsAnswer = z.object({ sessions: z.array(SessionInfo) });

/** A single-use stand-in for the token (ACC1). */
export const Ticket = z.object({ ticket: z.string(), expiresInMs: z.number() });
export type Ticket = z.infer<typeof Ticket>;

/** `GET /api/console/ws/info` (A3); fields of later versions pass through. */
export const ServerInfo = z.looseObject({
  protocolVersion: z.int(),
  heartbeat: z.object({ intervalMs: z.int(), staleMs: z.int() }),
});
export type ServerInfo = z.infer<typeof ServerInfo>;

/** Subfolders of a folder, for choosing a project. */
export const FolderListing = z.looseObject({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.looseObject({ name: z.string(), path: z.string() })),
});
export type FolderListing = z.infer<typeof FolderListing>;

/** An access token without its secret. */
export const AccessTokenInfo = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type AccessTokenInfo = z.infer<typeof AccessTokenInfo>;
export const AccessTokensAnswer = z.object({ tokens: z.array(AccessTokenInfo) });
export const CreatedAccessToken = z.object({ id: z.string(), token: z.string() });
export type CreatedAccessToken = z.infer<typeof CreatedAccessToken>;
