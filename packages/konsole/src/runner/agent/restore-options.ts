import { isSameChoice, KonuiError, type SessionOption } from '@konui/protocol';
import type { LiveAgent } from './live-agent.ts';

export interface RestoreOptions {
  /** What was chosen in this session, in the order of the choices. */
  readonly chosen: readonly SessionOption[];
  /** What a new session begins with; nothing for one that goes on. */
  readonly defaults: readonly SessionOption[];
  readonly onDefaultTaken: (option: SessionOption) => void;
  /** The agent offers it and did not take it; it goes on without. */
  readonly onRefused: (option: SessionOption, error: KonuiError) => void;
}

/** Gives an agent that has just started what was chosen before, and to a new session what it begins with (SPEC OPT5). */
export async function restoreOptions(agent: LiveAgent, options: RestoreOptions): Promise<void> {
  const { chosen, defaults, onDefaultTaken, onRefused } = options;
  const fresh = defaults.filter((option) => !chosen.some((other) => isSameChoice(option, other)));
  for (const option of [...fresh, ...chosen]) {
    // Agents have other models in another version or under another account: what is gone is no failure.
    if (!agent.couldTake(option)) continue;
    try {
      await agent.choose(option);
      if (fresh.includes(option)) onDefaultTaken(option);
    } catch (error) {
      if (!(error instanceof KonuiError) || error.code === 'AGENT_EXITED') throw error;
      onRefused(option, error);
    }
  }
}
