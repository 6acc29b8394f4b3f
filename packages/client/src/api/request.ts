import { isErrorCode, KonuiError } from '@konui/protocol';
import type * as z from 'zod/mini';

type ApiCredentials =
  | { readonly token: string }
  | { readonly getToken: () => string | undefined | Promise<string | undefined> };

export type ApiOptions = ApiCredentials & {
  /** Where the gateway is, with or without a trailing slash: `http://127.0.0.1:4680`. */
  readonly baseUrl: string;
  /** Names the script or agent that acts, where it is not the person whose token it is. */
  readonly actingAs?: string;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
};

type QueryValue = string | number | readonly string[];

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** A list is sent as the same name several times. */
  readonly query?: Readonly<Record<string, QueryValue | undefined>> | undefined;
  readonly body?: unknown;
  /** Sent as it is, in place of a JSON body. */
  readonly blob?: Blob | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request. Rejects with a KonuiError: the server's own, or HOST_UNREACHABLE when there was no answer or is no such address. */
export async function request(
  options: ApiOptions,
  { method = 'GET', path, query, body, blob, headers: extra, signal }: ApiRequest,
): Promise<Response> {
  const url = toUrl(options.baseUrl, path);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
  }
  const token = 'token' in options ? options.token : await options.getToken();
  const headers: Record<string, string> = { accept: 'application/json', ...extra };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (options.actingAs !== undefined) headers['konui-acting-as'] = encodeURIComponent(options.actingAs);
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (blob !== undefined) headers['content-type'] = 'application/octet-stream';
  const send = options.fetch ?? fetch;
  let answer: Response;
  try {
    answer = await send(url, {
      method,
      headers,
      body: blob ?? (body === undefined ? null : JSON.stringify(body)),
      signal: signal ?? null,
      cache: 'no-store',
    });
  } catch (cause) {
    // A fetch of the caller's own may know better why there is no answer.
    if (signal?.aborted === true || cause instanceof KonuiError) throw cause;
    throw new KonuiError(
      'HOST_UNREACHABLE',
      `${method} ${path}: the server at ${url.origin} did not answer; is it running?`,
      { cause },
    );
  }
  if (!answer.ok) throw await toKonuiError(answer, `${method} ${path}`);
  return answer;
}

function toUrl(baseUrl: string, path: string): URL {
  const url = URL.parse(`${baseUrl.replace(/\/$/, '')}${path}`);
  if (url !== null) return url;
  throw new KonuiError(
    'HOST_UNREACHABLE',
    `"${baseUrl}" is no address of a server; it begins with http:// or https://`,
  );
}

/** The header that lets a change happen only to this version; without a version none. */
export function ifMatch(version: string | number | undefined): Record<string, string> {
  return version === undefined ? {} : { 'if-match': `"${version}"` };
}

/** The answer's JSON, parsed by its schema; INTERNAL_ERROR where it is of another shape. */
export async function parseAnswer<T>(schema: z.ZodMiniType<T>, answer: Response): Promise<T> {
  const parsed = schema.safeParse(await answer.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new KonuiError(
    'INTERNAL_ERROR',
    `${new URL(answer.url).pathname} answered in a shape that this version does not know; reload the page`,
    {
      cause: parsed.error,
    },
  );
}

async function toKonuiError(answer: Response, what: string): Promise<KonuiError> {
  const body: unknown = await answer.json().catch(() => undefined);
  const error: unknown = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  if (typeof error === 'object' && error !== null && 'code' in error && isErrorCode(error.code)) {
    return new KonuiError(error.code, 'message' in error ? String(error.message) : error.code);
  }
  // Not ours: a proxy, or a server of another version. The status is all there is to go by.
  const code =
    answer.status === 401
      ? 'UNAUTHORIZED'
      : answer.status === 404
        ? 'NOT_FOUND'
        : answer.status >= 502
          ? 'HOST_UNREACHABLE'
          : 'INTERNAL_ERROR';
  return new KonuiError(code, `${what} answered ${answer.status}`);
}
