import type { SlashCommand } from '../features/composer/slash-commands.ts';

/** ACP `availableCommands` as the composer offers them; entries without a name are left out. */
export function toSlashCommands(commands: readonly unknown[]): readonly SlashCommand[] {
  return commands.flatMap((command) => {
    if (typeof command !== 'object' || command === null || !('name' in command) || typeof command.name !== 'string')
      return [];
    const description = 'description' in command && typeof command.description === 'string' ? command.description : '';
    const input = 'input' in command ? command.input : undefined;
    const hint =
      typeof input === 'object' && input !== null && 'hint' in input && typeof input.hint === 'string'
        ? input.hint
        : undefined;
    return [{ name: command.name, description, hint }];
  });
}
