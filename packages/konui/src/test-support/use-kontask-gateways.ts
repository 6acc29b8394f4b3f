import type { SessionId } from '@konui/protocol';
import { useTestGateways } from './start-test-gateway.ts';

/** Gateways that are asked at `/api/kontasks`. */
export function useKontaskGateways() {
  const start = useTestGateways();
  return async () => {
    const gateway = await start();
    const ask = async (
      method: string,
      path: string,
      ...[body, headers = {}]: [body?: object | undefined, headers?: Record<string, string>]
    ) => {
      const answer = await gateway.fetch(`/api/kontasks${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, json: text === '' ? undefined : JSON.parse(text) };
    };
    const create = async (fields: object = {}) =>
      (await ask('POST', '', { id: 'k', title: 'A report', ...fields })).json.kontask;
    const project = (path: string): SessionId => {
      const sessionId = gateway.newSession();
      gateway.host.projects.set(sessionId, path);
      return sessionId;
    };
    return { ...gateway, ask, create, project };
  };
}
