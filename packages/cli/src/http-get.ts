import { request } from 'node:http';
import type { RequestOptions } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A part that is alive answers within milliseconds, unless the machine is very busy. */
const TIMEOUT_MS = 5_000;
/** A list of some thousand sessions. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** GET on a unix socket (`{ socketPath }`) or a URL; undefined when nobody answers in time. */
export function httpGet(
  target: { readonly socketPath: string } | { readonly origin: string },
  path: string,
  { timeoutMs = TIMEOUT_MS } = {},
): Promise<Answer | undefined> {
  const options: RequestOptions = { path, agent: false, signal: AbortSignal.timeout(timeoutMs), ...toOptions(target) };
  return new Promise((resolve) => {
    const nobody = () => resolve(undefined);
    request(options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('error', nobody);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_BODY_BYTES) response.destroy(new Error('the answer is too long'));
        chunks.push(chunk);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    })
      .on('error', nobody)
      .end();
  });
}

function toOptions(target: { readonly socketPath: string } | { readonly origin: string }): RequestOptions {
  if ('socketPath' in target) return { socketPath: target.socketPath, headers: { host: 'konsole' } };
  const { hostname, port } = new URL(target.origin);
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port };
}
