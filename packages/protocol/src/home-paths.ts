/** A unix socket's path may hold 104 bytes on macOS and 108 on Linux (unix(7)); the longest name in the folder is 41. */
const MAX_SOCKET_FOLDER_BYTES = 60;
/**
 * Not TMPDIR: that differs between a terminal, a service and an agent's shell, and every part must come to the same
 * folder; on macOS it is also too long for a socket's path.
 */
const SHARED_TMP = '/tmp';

export interface HomePaths {
  readonly home: string;
  /** First access token, mode 0600. */
  readonly token: string;
  readonly agentsFile: string;
  /** Keys and defaults of agents, mode 0600. */
  readonly agentSettings: string;
  /** Uploads that have not become attachments yet; emptied when konsole starts. */
  readonly uploads: string;
  /** Agents that were installed on demand. */
  readonly agents: string;
  /** How the requests of kontasks are shown, a file for each type. */
  readonly layouts: string;
  readonly sessions: string;
  readonly trash: string;
  readonly logs: string;
  /** Held by the living konsole. */
  readonly lock: string;
  readonly gatewayDatabase: string;
  readonly indexDatabase: string;
  /** Folder of the unix sockets, mode 0700. */
  readonly socketFolder: string;
  readonly konsoleSocket: string;
  /** Written by the gateway when it listens; see GatewayRecord. */
  readonly gatewayFile: string;
  readonly launcherFile: string;
}

/**
 * Where everything lies below a home (an absolute path). Sockets lie in `<home>/run`, or, where that is too long
 * for a socket's path, in a private folder below /tmp that is named after the user and the home.
 */
export function homePaths(home: string, { uid }: { uid: number }): HomePaths {
  const run = `${home}/run`;
  const isShort = utf8Length(run) <= MAX_SOCKET_FOLDER_BYTES;
  const socketFolder = isShort ? run : `${SHARED_TMP}/konui-${uid}-${fnv1a(home)}`;
  return {
    home,
    token: `${home}/token`,
    agentsFile: `${home}/agents.json`,
    agentSettings: `${home}/agent-settings.json`,
    uploads: `${home}/uploads`,
    agents: `${home}/agents`,
    layouts: `${home}/layouts`,
    sessions: `${home}/sessions`,
    trash: `${home}/trash`,
    logs: `${home}/logs`,
    lock: `${home}/lock.db`,
    gatewayDatabase: `${home}/konui.db`,
    indexDatabase: `${home}/index.db`,
    socketFolder,
    konsoleSocket: `${socketFolder}/konsole.sock`,
    gatewayFile: `${home}/run/konui.json`,
    launcherFile: `${home}/run/launcher.json`,
  };
}

export interface SessionPaths {
  readonly folder: string;
  readonly session: string;
  readonly agent: string;
  readonly log: string;
  readonly inbox: string;
  readonly attachments: string;
  /** Attachments under names of their own, for agents that read files. */
  readonly files: string;
  readonly lock: string;
  readonly runnerLog: string;
  readonly socket: string;
}

/** The files of one session. */
export function sessionPaths(paths: HomePaths, sessionId: string): SessionPaths {
  const folder = `${paths.sessions}/${sessionId}`;
  return {
    folder,
    session: `${folder}/session.json`,
    agent: `${folder}/agent.json`,
    log: `${folder}/log.ndjson`,
    inbox: `${folder}/inbox.ndjson`,
    attachments: `${folder}/attachments`,
    files: `${folder}/files`,
    lock: `${folder}/lock.db`,
    runnerLog: `${folder}/runner.log`,
    socket: `${paths.socketFolder}/${sessionId}.sock`,
  };
}

/** 64-bit FNV-1a in hexadecimal: names a folder, protects nothing. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of text) {
    hash = ((hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, '0');
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
