/** What to execute; `command` is an absolute path. */
export interface AgentCommand {
  readonly command: string;
  readonly args: readonly string[];
}
