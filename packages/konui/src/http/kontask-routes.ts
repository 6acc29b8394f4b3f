import {
  ChoiceRequest,
  ClaimRequest,
  ImportedKontask,
  KontaskChange,
  KontaskQuery,
  type KontaskAnswer,
  isPlainText,
  KonuiError,
  MAX_KONTASK_OUTPUT_CHARACTERS,
  NewKontask,
  type SessionId,
} from '@konui/protocol';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import type { Authorization } from '../access/authorization.ts';
import type { AgentHost } from '../host.ts';
import { type Identity, toOrigin } from '../identity.ts';
import type { Acting, Kontasks } from '../kontasks/kontasks.ts';
import { readKontaskCommit } from '../kontasks/read-kontask-commit.ts';
import { reportPage } from '../kontasks/report-page.ts';
import { takeChoice } from '../kontasks/take-choice.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody, parseWith } from './json-body.ts';
import { toResponse } from './to-response.ts';

export interface KontaskRoutes {
  readonly kontasks: Kontasks;
  readonly host: AgentHost;
  readonly authorization: Authorization;
  readonly nameOf: (identity: Identity) => string;
  readonly log: Logger;
}

/** A character of an output may take up to six bytes as JSON. */
const MAX_BODY_BYTES = 6 * MAX_KONTASK_OUTPUT_CHARACTERS;

/** `/api/kontasks`: reports and requests (SPEC KON). Registered before bodies are limited: an output may be long. */
export function registerKontaskRoutes(app: Hono<HttpEnvironment>, routes: KontaskRoutes): void {
  const { kontasks, host, authorization, log } = routes;
  const actingOf = (context: Context<HttpEnvironment>): Acting => {
    const identity = context.get('identity');
    // A request of it might be handed over to an agent, and a changed one be sent as if it had been reviewed.
    if (authorization.accessOf(identity).needsReview === true) {
      throw new KonuiError('FORBIDDEN', 'what this access token says is reviewed: it may only inject');
    }
    const name = parseActingAs(context.req.header('konui-acting-as'));
    if (name === undefined) return { by: toOrigin(identity), name: routes.nameOf(identity) };
    const { tokenId } = identity;
    return { by: { type: 'inject', name, ...(tokenId === undefined ? {} : { tokenId }) }, name };
  };
  const note = (context: Context<HttpEnvironment>, kontaskId: string, what: string): void =>
    log.info({ ...context.get('identity'), kontaskId }, what);

  app.use(
    '/api/kontasks/*',
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new KonuiError('FRAME_TOO_LARGE', `a kontask may have ${MAX_BODY_BYTES} bytes`);
      },
    }),
  );
  app.get('/api/kontasks', (context) => context.json(kontasks.list(parseQuery(context.req.queries()))));
  app.get('/api/kontasks/facets', (context) => context.json(kontasks.facets()));

  app.post('/api/kontasks', async (context) => {
    const { answer, isNew } = kontasks.create(await parseBody(context, NewKontask), actingOf(context));
    note(context, answer.kontask.id, 'kontask created');
    return answerWith(context, answer, isNew ? 201 : 200);
  });

  app.post('/api/kontasks/import', async (context) => {
    const { answer, isNew } = kontasks.import(await parseBody(context, ImportedKontask), actingOf(context));
    note(context, answer.kontask.id, 'kontask imported');
    return answerWith(context, answer, isNew ? 201 : 200);
  });

  app.get('/api/kontasks/:id', (context) => answerWith(context, kontasks.get(context.req.param('id')), 200));

  app.patch('/api/kontasks/:id', async (context) => {
    const id = context.req.param('id');
    const version = parseIfMatch(context.req.header('if-match'));
    const change = await parseBody(context, KontaskChange);
    const answer = kontasks.change(id, { change, version }, actingOf(context));
    note(context, id, 'kontask changed');
    return answerWith(context, answer, 200);
  });

  app.delete('/api/kontasks/:id', (context) => {
    const id = context.req.param('id');
    kontasks.remove(id, parseIfMatch(context.req.header('if-match')));
    note(context, id, 'kontask removed');
    return context.body(null, 204);
  });

  app.post('/api/kontasks/:id/claim', async (context) => {
    const claim = await parseBody(context, ClaimRequest);
    return answerWith(context, kontasks.claim(context.req.param('id'), claim, actingOf(context)), 200);
  });

  app.post('/api/kontasks/:id/read', (context) => {
    kontasks.markRead(context.req.param('id'));
    return context.body(null, 204);
  });

  app.post('/api/kontasks/:id/choices/:index', async (context) => {
    const identity = context.get('identity');
    const kontaskId = context.req.param('id');
    const index = parseIndex(context.req.param('index'));
    const request = await parseBody(context, ChoiceRequest);
    const checkSession = (sessionId: SessionId): Promise<void> => authorization.checkSession(identity, sessionId);
    const action = await takeChoice(
      { kontasks, host },
      { kontaskId, index, request, by: toOrigin(identity), checkSession },
    );
    note(context, kontaskId, 'quick action taken');
    return context.json(action, 202);
  });

  app.get('/api/kontasks/:id/commit', async (context) => {
    const { kontask } = kontasks.get(context.req.param('id'));
    return toResponse(await readKontaskCommit(kontask, host, context.req.query('file')));
  });

  app.get('/api/kontasks/:id/report', (context) => {
    const { kontask } = kontasks.get(context.req.param('id'));
    return reportPage(kontask.context.output ?? '', { isFramed: context.req.header('sec-fetch-dest') === 'iframe' });
  });
}

function answerWith(context: Context<HttpEnvironment>, answer: KontaskAnswer, status: 200 | 201): Response {
  return context.json(answer, status, { etag: `"${answer.version}"` });
}

/** One of several that was ignored would be missed in the answer. Throws INVALID_MESSAGE. */
function parseQuery(given: Readonly<Record<string, readonly string[]>>): KontaskQuery {
  const fields = Object.entries(given).map(([name, values]) => {
    if (values.length > 1 && name !== 'tag') throw new KonuiError('INVALID_MESSAGE', `${name}: may be given once`);
    return [name, values.length > 1 ? values : values[0]];
  });
  return parseWith(KontaskQuery, Object.fromEntries(fields));
}

/** A script or an agent says who it is; percent-encoded, since a header holds no other letters. */
function parseActingAs(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (/^(?:[\w.!~*'() -]|%[0-9a-f]{2}){1,600}$/i.test(header)) {
    try {
      const name = decodeURIComponent(header).slice(0, 200).toWellFormed();
      if (isPlainText(name)) return name;
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
    }
  }
  throw new KonuiError('INVALID_MESSAGE', 'Konui-Acting-As: must be a name, percent-encoded');
}

/** RFC 9110, section 13.1.1. Without it the change is made whatever the version. */
function parseIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version === undefined) throw new KonuiError('INVALID_MESSAGE', 'If-Match: must be the version in quotes');
  return Number(version);
}

function parseIndex(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new KonuiError('CHOICE_NOT_FOUND', 'a choice is named by its place: 0, 1, …');
  return Number(text);
}
