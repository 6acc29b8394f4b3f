/** How an agent is started, as an entry of agents.json says it; `env` is all that it gets. */
export type AgentLaunch = {
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
};

/** A configuration file that the agent reads, by its path below the home. */
type ConfigFiles = Readonly<Record<string, string>>;

/** What an agent needs to talk to the fake model at `url` instead of its own: files in its home, and an environment. */
export type AgentSetup = (url: string, home: string) => { env: Record<string, string>; files: ConfigFiles };
