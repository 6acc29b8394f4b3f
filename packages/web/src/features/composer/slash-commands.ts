/** A command that the agent offers (ACP, "Slash Commands"). */
export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  readonly hint?: string | undefined;
}

const MAX_SHOWN = 8;

/** The commands that what stands in the field may become; none once an argument follows. */
export function matchingCommands(text: string, commands: readonly SlashCommand[]): readonly SlashCommand[] {
  const typed = /^\/(\S*)$/.exec(text)?.[1]?.toLowerCase();
  if (typed === undefined) return [];
  const starts = commands.filter((command) => command.name.toLowerCase().startsWith(typed));
  const contains = commands.filter(
    (command) => !starts.includes(command) && command.name.toLowerCase().includes(typed),
  );
  return [...starts, ...contains].slice(0, MAX_SHOWN);
}
