import { LIMITS, SearchQuery } from '@konui/protocol';
import { z } from 'zod';
import { HistoryQuery } from '../history-routes.ts';
import { EventsQuery } from '../session-routes.ts';
import type { RouteContracts } from './route-contract.ts';

const SESSION = '/api/providers/sessions/:id';

/** Agents, their sessions, and what is in them (SPEC HOST, HIST, ATT, SRCH). */
export const SESSION_CONTRACTS: RouteContracts = {
  'GET /api/providers': {
    summary: 'All agents, and whether they can be used on this machine',
    answers: { 200: 'ProviderList' },
    errors: ['AGENTS_FILE_INVALID'],
    asksHost: true,
  },
  'GET /api/providers/sessions': { summary: 'List sessions', answers: { 200: 'SessionList' }, asksHost: true },
  'GET /api/providers/sessions/running': {
    summary: 'Sessions with a run; it attaches to nothing',
    answers: { 200: 'SessionList' },
    asksHost: true,
  },
  'POST /api/providers/sessions': {
    summary: 'Create a session; a chosen sessionId makes sending it again safe',
    body: 'CreateSessionRequest',
    answers: { 200: 'SessionInfo', 201: 'SessionInfo' },
    errors: ['UNSUPPORTED_PROVIDER', 'PROJECT_NOT_FOUND', 'IDEMPOTENCY_CONFLICT', 'SESSION_GONE', 'STORAGE_FULL'],
    asksHost: true,
  },
  [`GET ${SESSION}`]: {
    summary: 'A session',
    answers: { 200: 'SessionInfo' },
    errors: ['INVALID_MESSAGE', 'SESSION_NOT_FOUND', 'SESSION_GONE'],
    asksHost: true,
  },
  [`PATCH ${SESSION}`]: {
    summary: 'Rename or archive a session, or let it go on after a limit; what is left out stays',
    body: 'SessionChange',
    answers: { 200: 'SessionInfo' },
    errors: ['SESSION_NOT_FOUND', 'SESSION_GONE'],
    asksHost: true,
  },
  [`DELETE ${SESSION}`]: {
    summary: 'Stop what runs and delete the session for good',
    answers: { 200: 'SessionRemoved' },
    errors: ['INVALID_MESSAGE', 'SESSION_NOT_FOUND', 'SESSION_GONE'],
    asksHost: true,
  },
  [`GET ${SESSION}/events`]: {
    summary: 'A page of the log, as its lines stand',
    query: EventsQuery,
    answers: { 200: 'EventsPage' },
    errors: ['INVALID_MESSAGE', 'SESSION_NOT_FOUND', 'SESSION_GONE'],
    asksHost: true,
  },
  [`GET ${SESSION}/history`]: {
    summary: 'A page of merged events, and the state of the session',
    query: HistoryQuery,
    answers: { 200: 'HistoryAnswer' },
    errors: ['INVALID_MESSAGE', 'SESSION_NOT_FOUND', 'SESSION_GONE'],
    asksHost: true,
  },
  [`POST ${SESSION}/attachments`]: {
    summary: `Store a file for a prompt; at most ${LIMITS.maxFileBytes} bytes`,
    body: { mediaType: '*/*' },
    answers: { 201: 'AttachmentStored' },
    errors: ['SESSION_NOT_FOUND', 'SESSION_GONE', 'ATTACHMENT_TOO_LARGE', 'STORAGE_FULL'],
    asksHost: true,
  },
  [`GET ${SESSION}/attachments/:sha256`]: {
    summary: 'A file of a session',
    answers: { 200: { mediaType: '*/*' } },
    errors: ['INVALID_MESSAGE', 'SESSION_NOT_FOUND', 'ATTACHMENT_NOT_FOUND', 'SESSION_GONE'],
    asksHost: true,
  },
  'GET /api/providers/:provider/settings': {
    summary: 'Which keys of an agent are set, its defaults, its ways to sign in; never a value',
    answers: { 200: 'AgentSettings' },
    errors: ['INVALID_MESSAGE', 'UNSUPPORTED_PROVIDER'],
    asksHost: true,
  },
  'PATCH /api/providers/:provider/settings': {
    summary: 'Set keys and defaults of an agent; null removes a variable',
    body: 'AgentSettingsChange',
    answers: { 200: 'AgentSettings' },
    errors: ['UNSUPPORTED_PROVIDER', 'STORAGE_FULL'],
    asksHost: true,
  },
  'POST /api/providers/:provider/authenticate': {
    summary: 'Sign an agent in by one of its methods without a command',
    body: 'AuthenticateRequest',
    answers: { 200: 'SignedIn' },
    errors: ['UNSUPPORTED_PROVIDER', 'AGENT_NOT_INSTALLED', 'AGENT_START_FAILED', 'AGENT_ERROR'],
    asksHost: true,
  },
  'GET /api/search': {
    summary: 'Full text over all sessions, newest first',
    query: SearchQuery,
    answers: { 200: 'SearchAnswer' },
    errors: ['INVALID_MESSAGE'],
    asksHost: true,
  },
  'GET /api/folders': {
    summary: 'Subfolders of a folder, for choosing a project',
    query: z.object({ path: z.string().optional().describe('Absolute; default: the home folder') }),
    answers: { 200: 'FolderListing' },
    errors: ['INVALID_MESSAGE', 'NOT_FOUND'],
  },
  'POST /api/folders': {
    summary: 'Make a folder, with those above it that are missing; one that is there stays as it is',
    body: 'NewFolder',
    answers: { 201: 'FolderListing' },
    errors: ['NOT_FOUND', 'STORAGE_FULL'],
  },
};
