import { ERRORS, type ErrorCode } from '@konui/protocol';
import { ROUTE_RIGHTS } from '../route-rights.ts';
import { fieldsOf, type JsonSchema, namedSchemas, referTo } from './json-schemas.ts';
import type { MediaType, RouteContract } from './route-contract.ts';
import { ROUTE_CONTRACTS } from './route-contracts.ts';

const EVERY_ROUTE: readonly ErrorCode[] = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'HOST_NOT_ALLOWED',
  'ORIGIN_NOT_ALLOWED',
  'TOO_MANY',
  'INTERNAL_ERROR',
];
const EVERY_BODY: readonly ErrorCode[] = ['INVALID_JSON', 'INVALID_MESSAGE', 'FRAME_TOO_LARGE'];
/** Signed in by what is in its body. */
const WITHOUT_TOKEN = 'POST /api/approvals';

export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly [field: string]: unknown;
}

/** The REST API as an OpenAPI 3.1 document: its routes from the tables, its schemas from those that the routes parse with. */
export function createOpenApi(version: string): OpenApi {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const [route, contract] of Object.entries(ROUTE_CONTRACTS)) {
    const [method = '', path = ''] = route.split(' ');
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operationOf(route, contract) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Konui',
      version,
      description:
        'A console for coding agents. Errors are `{"error": {"code", "message"}}`; the rules stand in SPEC.md.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ accessToken: [] }],
    paths,
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', description: 'An access token, or a ticket that stands for it' },
      },
      schemas: namedSchemas(),
    },
  };
}

function operationOf(route: string, contract: RouteContract): JsonSchema {
  const [method = '', path = ''] = route.split(' ');
  const { rights = [] } = ROUTE_RIGHTS[route] ?? {};
  const { body } = contract;
  return {
    operationId: operationIdOf(method, path),
    summary: contract.summary,
    tags: [path.split('/')[2]?.replace(/\.json$/, '')],
    ...(rights.length === 0 ? {} : { description: `Needs the right ${rights.join(' or ')}.` }),
    ...(route === WITHOUT_TOKEN ? { security: [] } : {}),
    'x-konui-rights': rights,
    parameters: parametersOf(path, contract),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: { ...answersOf(contract), ...errorsOf(contract) },
  };
}

/** `GET /api/kontasks/:id/commit` → `getKontasksByIdCommit`. */
function operationIdOf(method: string, path: string): string {
  const words = path.replaceAll(':', 'by-').match(/[A-Za-z0-9]+/g) ?? [];
  const capitalized = words.slice(1).map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `${method.toLowerCase()}${capitalized.join('')}`;
}

function parametersOf(path: string, { query, headers = {} }: RouteContract): JsonSchema[] {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  return [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...(query === undefined ? [] : fieldsOf(query)).map(({ name, isRequired, schema }) => ({
      name,
      in: 'query',
      required: isRequired,
      schema,
    })),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    })),
  ];
}

function answersOf({ answers }: RouteContract): Record<string, JsonSchema> {
  const entries = Object.entries(answers).map(([status, body]) => {
    const description = body === null ? 'Done' : 'Answered';
    return [status, body === null ? { description } : { description, content: contentOf(body) }] as const;
  });
  return Object.fromEntries(entries);
}

function errorsOf({ body, errors = [], asksHost = false }: RouteContract): Record<string, JsonSchema> {
  const codes = new Set<ErrorCode>([
    ...EVERY_ROUTE,
    ...(body === undefined ? [] : EVERY_BODY),
    ...errors,
    ...(asksHost ? (['HOST_UNREACHABLE'] as const) : []),
  ]);
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].httpStatus);
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      { description: those.join(', '), content: contentOf('ErrorAnswer') },
    ]),
  );
}

function contentOf(body: string | MediaType): JsonSchema {
  return typeof body === 'string' ? { 'application/json': { schema: referTo(body) } } : { [body.mediaType]: {} };
}
