import { HostHealth, SessionInfo } from '@konui/protocol';
import { httpGet } from './http-get.ts';

/** What the launcher asks the agent host, on its unix socket. */
export class HostClient {
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** Undefined when no host answers. */
  async health(): Promise<HostHealth | undefined> {
    const answer = await httpGet({ socketPath: this.#socketPath }, '/healthz');
    const parsed = HostHealth.safeParse(parseJson(answer?.body));
    return parsed.success ? parsed.data : undefined;
  }

  /** The sessions with a run in progress; none when no host answers. */
  async runningSessions(): Promise<SessionInfo[]> {
    const answer = await httpGet({ socketPath: this.#socketPath }, '/sessions/running');
    return toList(parseJson(answer?.body)).flatMap((row) => SessionInfo.safeParse(row).data ?? []);
  }
}

function toList(body: unknown): readonly unknown[] {
  const list = typeof body === 'object' && body !== null && 'sessions' in body ? body.sessions : body;
  return Array.isArray(list) ? list : [];
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
