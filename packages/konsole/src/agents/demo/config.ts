/** What the demo agent takes from its environment. */
export interface DemoConfig {
  /** Folder for its sessions, so that they outlive the process; without one they end with it. */
  readonly stateFolder: string | undefined;
  /** For testing: it has an account that somebody must sign in to. */
  readonly needsSignIn: boolean;
  /** For the commands that it runs. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function readDemoConfig(env: Readonly<Record<string, string | undefined>>): DemoConfig {
  return { stateFolder: env['KONUI_AGENT_STATE'] || undefined, needsSignIn: env['KONUI_DEMO_SIGN_IN'] === '1', env };
}
