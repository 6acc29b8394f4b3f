export interface AgentConfig {
  readonly recordFolder: string;
  /** The app's id of the session, from the marker that the runner gives to its agent. */
  readonly sessionId: string;
}

export function readAgentConfig(argv: readonly string[], environment: NodeJS.ProcessEnv): AgentConfig {
  const [recordFolder] = argv.slice(2);
  if (recordFolder === undefined) throw new Error('usage: main.ts <record folder>');
  return { recordFolder, sessionId: environment['KONUI_MARKER']?.split(':')[0] ?? 'no-session' };
}
