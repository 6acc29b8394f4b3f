import { KontaskQuery, MAX_LAYOUT_BYTES } from '@konui/protocol';
import { z } from 'zod';
import type { RouteContracts } from './route-contract.ts';

const actingAs = { 'Konui-Acting-As': 'Name of the script or agent that acts, percent-encoded; default: the person' };
const ifMatch = { 'If-Match': 'The version in quotes; without it the change is made whatever the version' };
const layoutVersion = {
  'If-Match': 'The version in quotes, as the ETag named it',
  'If-None-Match': '*, where there must be none yet',
};

/** Reports and requests (SPEC KON), and prompts from scripts (SPEC INJ). */
export const KONTASK_CONTRACTS: RouteContracts = {
  'POST /api/console/inject': {
    summary: 'Send a prompt from a script into a session',
    body: 'InjectRequest',
    answers: { 202: 'InjectAnswer' },
    errors: [
      'SESSION_NOT_FOUND',
      'SESSION_GONE',
      'SESSION_REQUIRED',
      'IDEMPOTENCY_CONFLICT',
      'INJECT_LOOP',
      'STORAGE_FULL',
    ],
    asksHost: true,
  },
  'GET /api/kontasks': {
    summary: 'List kontasks, newest first',
    query: KontaskQuery,
    answers: { 200: 'KontaskList' },
    errors: ['INVALID_MESSAGE'],
  },
  'GET /api/kontasks/facets': { summary: 'What the list can be filtered by', answers: { 200: 'KontaskFacets' } },
  'POST /api/kontasks': {
    summary: 'Leave a report or a request; the same id with the same content again does nothing (200)',
    headers: actingAs,
    body: 'NewKontask',
    answers: { 200: 'KontaskAnswer', 201: 'KontaskAnswer' },
    errors: ['IDEMPOTENCY_CONFLICT'],
  },
  'POST /api/kontasks/import': {
    summary: 'Keep a kontask from elsewhere as it is, with its id, dates and unknown fields',
    headers: actingAs,
    body: 'ImportedKontask',
    answers: { 200: 'KontaskAnswer', 201: 'KontaskAnswer' },
    errors: ['IDEMPOTENCY_CONFLICT'],
  },
  'GET /api/kontasks/:id': {
    summary: 'A kontask, who did what with it when, and its version (ETag)',
    answers: { 200: 'KontaskAnswer' },
    errors: ['KONTASK_NOT_FOUND'],
  },
  'PATCH /api/kontasks/:id': {
    summary: 'Change a kontask; what is left out stays, null takes a field away, other fields are refused',
    headers: { ...actingAs, ...ifMatch },
    body: 'KontaskChange',
    answers: { 200: 'KontaskAnswer' },
    errors: ['KONTASK_NOT_FOUND', 'KONTASK_CHANGED', 'KONTASK_STATE'],
  },
  'DELETE /api/kontasks/:id': {
    summary: 'Remove a kontask for good',
    headers: ifMatch,
    answers: { 204: null },
    errors: ['KONTASK_NOT_FOUND', 'KONTASK_CHANGED', 'INVALID_MESSAGE'],
  },
  'POST /api/kontasks/:id/claim': {
    summary: 'Take a request, so that no other agent does it too',
    headers: actingAs,
    body: 'ClaimRequest',
    answers: { 200: 'KontaskAnswer' },
    errors: ['KONTASK_NOT_FOUND', 'KONTASK_STATE'],
  },
  'POST /api/kontasks/:id/read': {
    summary: 'Take a kontask off the unread ones',
    answers: { 204: null },
    errors: ['KONTASK_NOT_FOUND'],
  },
  'POST /api/kontasks/:id/choices/:index': {
    summary: 'Send a quick action as a prompt, once for its promptId',
    body: 'ChoiceRequest',
    answers: { 202: 'KontaskAction' },
    errors: [
      'KONTASK_NOT_FOUND',
      'CHOICE_NOT_FOUND',
      'KONTASK_CHANGED',
      'SESSION_REQUIRED',
      'SESSION_NOT_FOUND',
      'SESSION_GONE',
      'IDEMPOTENCY_CONFLICT',
    ],
    asksHost: true,
  },
  'GET /api/kontasks/:id/commit': {
    summary: 'The commit of a kontask, with its diff',
    query: z.object({ file: z.string().optional().describe('Path of the one file whose patch is wanted') }),
    answers: { 200: 'CommitAnswer' },
    errors: ['KONTASK_NOT_FOUND', 'COMMIT_NOT_FOUND', 'REPOSITORY_UNKNOWN'],
    asksHost: true,
  },
  'GET /api/kontasks/:id/report': {
    summary: 'The output as a page of its own that may run nothing',
    answers: { 200: { mediaType: 'text/html' } },
    errors: ['KONTASK_NOT_FOUND'],
  },
  'GET /api/kontasks/layouts': {
    summary: 'How the original requests of each type are shown',
    answers: { 200: 'KontaskLayoutsAnswer' },
  },
  'GET /api/kontasks/layouts/:type': {
    summary: 'The layout of a type, as its file stands',
    answers: { 200: 'LayoutFileAnswer' },
    errors: ['NOT_FOUND'],
  },
  'PUT /api/kontasks/layouts/:type': {
    summary: `Declare the layout of a type; at most ${MAX_LAYOUT_BYTES} bytes`,
    headers: layoutVersion,
    body: { mediaType: 'application/json' },
    answers: { 200: 'LayoutFileAnswer' },
    errors: ['KONTASK_CHANGED'],
  },
  'DELETE /api/kontasks/layouts/:type': {
    summary: 'Remove the layout of a type',
    headers: layoutVersion,
    answers: { 204: null },
    errors: ['NOT_FOUND', 'KONTASK_CHANGED'],
  },
};
