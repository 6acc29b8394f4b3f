import { join } from 'node:path';

/** How an agent is started, as in agents.json. */
export interface AgentCommand {
  readonly command: string;
  readonly args: readonly string[];
}

export const demoAgent: AgentCommand = {
  command: process.execPath,
  args: [join(import.meta.dirname, '../../packages/konsole/src/agents/demo/main.ts')],
};

/** The benchmark's own agent, for rates and shapes that the demo agent does not have. */
export const burstAgent: AgentCommand = {
  command: process.execPath,
  args: [join(import.meta.dirname, 'burst-agent.child.ts')],
};
