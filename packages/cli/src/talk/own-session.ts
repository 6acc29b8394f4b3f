/** The session whose agent started this process: the mark in its environment is `<sessionId>:<startId>`. */
export function ownSession(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return /^([0-9a-f-]{36}):/.exec(env['KONUI_MARKER'] ?? '')?.[1];
}
