import { AccessRight, ERRORS, ProviderInfo, SessionId, SessionInfo } from '@konui/protocol';
import { z } from 'zod';

// What the gateway answers by itself. The SDK reads the same answers more leniently: also those of other versions.

const limits = {
  rights: z.array(AccessRight),
  sessionIds: z.array(z.string()).optional(),
  projectPaths: z.array(z.string()).optional(),
  expiresAt: z.iso.datetime().nullable(),
};

export const ErrorAnswer = z.object({
  error: z.object({ code: z.enum(Object.keys(ERRORS)), message: z.string() }),
});

export const OwnAccess = z.object({
  tokenId: z.string().optional(),
  user: z.string().optional(),
  device: z.string().optional(),
  name: z.string().optional(),
  ...limits,
});

export const Ticket = z.object({ ticket: z.string(), expiresInMs: z.number() });

export const AccessTokenList = z.object({
  accessTokens: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      createdAt: z.string(),
      lastUsedAt: z.string().nullable(),
      device: z.string().nullable(),
      isOwn: z.boolean(),
      needsReview: z.boolean().optional(),
      ...limits,
    }),
  ),
});

export const CreatedAccessToken = z.object({
  id: z.string(),
  token: z.string().describe('Told here and never again'),
});

export const ServerInfo = z.object({
  protocolVersion: z.int(),
  serverVersion: z.string(),
  heartbeat: z.object({ intervalMs: z.int(), staleMs: z.int() }),
  connectedClients: z.int(),
  hostReachable: z.boolean(),
  sessions: z.int().nullable(),
  running: z.int().nullable(),
});

export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  isGitRepository: z.boolean(),
  folders: z.array(z.object({ name: z.string(), path: z.string(), isGitRepository: z.boolean() })),
});

export const ReadMarks = z.object({
  readMarks: z.record(z.string(), z.int()).describe('Seq of the last event that was read, by session'),
});
export const ProviderList = z.object({ providers: z.array(ProviderInfo) });
export const SessionList = z.object({ sessions: z.array(SessionInfo) });

export const EventsPage = z.object({
  sessionId: SessionId,
  epoch: z.string().nullable(),
  lastSeq: z.int(),
  more: z.boolean(),
  events: z.array(z.looseObject({ seq: z.int(), kind: z.string(), at: z.string() })),
});

export const KontaskFacets = z.object({
  types: z.array(z.string()),
  scopes: z.array(z.string()),
  tags: z.array(z.string()),
  targetUsers: z.array(z.string()),
});

export const SignedIn = z.object({ ok: z.literal(true) });
export const PushKey = z.object({ publicKey: z.string().describe('VAPID (RFC 8292), base64url') });
export const PushTest = z.object({ sent: z.int(), failed: z.int() });
export const Approved = z.object({ sessionId: SessionId, requestId: z.string() });
/** Also what a setting is changed by. */
export const SettingValue = z.object({ value: z.unknown() });
export const SessionRemoved = z.object({ sessionId: SessionId });
