import { z } from 'zod';
import { Revocation } from '../access-routes.ts';
import type { RouteContracts } from './route-contract.ts';

/** Who one is, access tokens, settings, notifications, and the stream for clients without WebSockets. */
export const ACCESS_CONTRACTS: RouteContracts = {
  'GET /api/openapi.json': {
    summary: 'This document',
    answers: { 200: { mediaType: 'application/json' } },
  },
  'GET /api/me': { summary: 'Who is signed in, and what that allows', answers: { 200: 'OwnAccess' } },
  'POST /api/tickets': {
    summary: 'A single-use stand-in for the token, for one socket or image',
    answers: { 201: 'Ticket' },
  },
  'GET /api/console/ws/info': {
    summary: 'What a client needs to know before it connects to a socket',
    answers: { 200: 'ServerInfo' },
  },
  'GET /api/access-tokens': { summary: 'List access tokens', answers: { 200: 'AccessTokenList' } },
  'POST /api/access-tokens': {
    summary: 'Make an access token that may do no more than one’s own',
    body: 'NewAccessToken',
    answers: { 201: 'CreatedAccessToken' },
    errors: ['SESSION_NOT_FOUND', 'SESSION_GONE', 'HOST_UNREACHABLE'],
  },
  'DELETE /api/access-tokens/:id': {
    summary: 'Revoke an access token and close its sockets',
    query: Revocation,
    answers: { 204: null },
    errors: ['INVALID_MESSAGE', 'NOT_FOUND', 'LAST_FULL_TOKEN'],
  },
  'GET /api/read-marks': { summary: 'How far each session has been read', answers: { 200: 'ReadMarks' } },
  'PUT /api/read-marks/:sessionId': {
    summary: 'Raise how far a session has been read',
    body: 'ReadMark',
    answers: { 204: null },
    errors: ['SESSION_NOT_FOUND', 'SESSION_GONE', 'HOST_UNREACHABLE'],
  },
  'GET /api/settings/:name': {
    summary: 'A setting that follows a person across devices; null where nothing was chosen',
    answers: { 200: 'SettingValue' },
    errors: ['NOT_FOUND'],
  },
  'PUT /api/settings/:name': {
    summary: 'Change a setting',
    body: 'SettingChange',
    answers: { 204: null },
    errors: ['NOT_FOUND', 'UNSUPPORTED_PROVIDER', 'HOST_UNREACHABLE'],
  },
  'GET /api/push/key': { summary: 'The key that push subscriptions are made with', answers: { 200: 'PushKey' } },
  'PUT /api/push/subscriptions': {
    summary: 'Subscribe a browser to notifications; again with the same endpoint changes it',
    body: 'NewPushSubscription',
    answers: { 204: null },
  },
  'DELETE /api/push/subscriptions': {
    summary: 'End a subscription',
    body: 'PushEndpoint',
    answers: { 204: null },
  },
  'POST /api/push/test': {
    summary: 'Send a notification to this token’s subscriptions',
    answers: { 200: 'PushTest' },
  },
  'POST /api/approvals': {
    summary: 'Answer a permission by the one-time token of a notification’s button',
    body: 'Approval',
    answers: { 202: 'Approved' },
    errors: ['PERMISSION_NOT_FOUND', 'HOST_UNREACHABLE'],
  },
  'GET /api/stream': {
    summary: 'The frames of /ws as server-sent events, for clients without WebSockets',
    query: z.object({ subscribe: z.string().optional().describe('`sessions` of a first chat.subscribe, as JSON') }),
    answers: { 200: { mediaType: 'text/event-stream' } },
  },
  'POST /api/stream/:connectionId/frames': {
    summary: 'Send a frame on a stream',
    body: { mediaType: 'application/json' },
    answers: { 202: null },
    errors: ['NOT_FOUND', 'UNKNOWN_MESSAGE_TYPE'],
  },
};
