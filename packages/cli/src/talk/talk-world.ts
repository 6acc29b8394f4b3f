import { createApi, createConnection, type Api, type ApiOptions, type Connection } from '@konui/client';

/** What a command that talks to a gateway works with. */
export interface Talk {
  readonly options: ApiOptions & { readonly baseUrl: string };
  readonly api: Api;
  /** Opens the one socket of this command; whoever opens it closes it. */
  openConnection(): Connection;
}

/** How a command hears and says things. */
export interface TalkWorld {
  /** A line on stdout. */
  readonly print: (line: string) => void;
  /** Text on stdout without a line's end: what an agent says, piece by piece. */
  readonly write: (text: string) => void;
  /** A sentence on stderr. */
  readonly say: (message: string) => void;
  /** Everything on stdin; undefined where it is a terminal. */
  readonly readInput: () => Promise<string | undefined>;
  readonly cwd: string;
  /** The session whose agent runs this command, from the mark that its processes carry. */
  readonly ownSession: string | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Talks to the gateway at an address, with a token. */
export function createTalk(baseUrl: string, token: string): Talk {
  const options = { baseUrl, token };
  const api = createApi(options);
  return {
    options,
    api,
    openConnection() {
      const connection = createConnection({
        url: `${baseUrl}/ws`,
        getTicket: async (signal) => (await api.createTicket(signal)).ticket,
        getToken: () => token,
        tab: null,
      });
      connection.connect();
      return connection;
    },
  };
}
