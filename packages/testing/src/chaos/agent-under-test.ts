import type { AgentLaunch } from '../real-agents/agent-launch.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SessionWatch } from './session-watch.ts';

/** The agent of a chaos run, and what can be known of it without asking Konui. */
export interface AgentUnderTest {
  /** Its name in agents.json, and the provider of the sessions. */
  readonly name: string;
  readonly launch: AgentLaunch;
  /** Part of the agent's own command line, which tells it from the commands that it runs. */
  readonly program: string;
  /** How much slower than the scripted agent it is: patience and pauses are so many times as long. */
  readonly slowness: number;
  /** What to prompt it with; the text holds the id. */
  promptText(random: SeededRandom, promptId: string): string;
  /** A quiet session's log against what the agent did. Answers with each breach in words. */
  check(watch: SessionWatch): string[];
  close(): Promise<void>;
}
