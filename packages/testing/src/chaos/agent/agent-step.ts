/** One thing that the agent under test does in a turn; a prompt lists them as JSON. */
export type AgentStep =
  | { readonly do: 'say' | 'think'; readonly count: number; readonly everyMs: number; readonly length: number }
  | { readonly do: 'plan' }
  | { readonly do: 'unknown' }
  /** Runs a command of so many ms in a session of its own; `asks` for permission first. */
  | { readonly do: 'command'; readonly ms: number; readonly asks: boolean }
  /** Leaves a command behind that runs on after the turn. */
  | { readonly do: 'leave' }
  | { readonly do: 'pause'; readonly ms: number }
  /** Exits in the middle of the turn. */
  | { readonly do: 'crash'; readonly code: number }
  /** Answers the prompt with an error. */
  | { readonly do: 'fail' }
  /** Does not react to a stop from here on. */
  | { readonly do: 'ignoreStop' }
  /** Says so much more after the answer to the prompt. */
  | { readonly do: 'sayLate'; readonly count: number };

/** A prompt's text: its id and what to do. */
export function toPromptText(promptId: string, steps: readonly AgentStep[]): string {
  return `chaos:${promptId} ${JSON.stringify(steps)}`;
}

export function parsePromptText(text: string): { promptId: string; steps: readonly AgentStep[] } | undefined {
  const match = /^chaos:([0-9a-f-]{36}) (\[.*\])$/s.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { promptId: match[1], steps: JSON.parse(match[2]) as AgentStep[] };
}

export function promptIdIn(text: string): string | undefined {
  return /chaos:([0-9a-f-]{36})/.exec(text)?.[1];
}
