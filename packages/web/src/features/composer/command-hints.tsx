import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import type { SlashCommand } from './slash-commands.ts';

interface CommandHintsProps {
  readonly id: string;
  readonly commands: readonly SlashCommand[];
  readonly active: SlashCommand | undefined;
  readonly onChoose: (command: SlashCommand) => void;
}

/** The agent's slash commands that match what is being typed. */
export function CommandHints({ id, commands, active, onChoose }: CommandHintsProps): ReactNode {
  if (commands.length === 0) return null;
  return (
    <ul className="command-hints" id={id} role="listbox" aria-label={en.composer.commands}>
      {commands.map((command) => (
        <li
          key={command.name}
          id={`${id}-${command.name}`}
          role="option"
          aria-selected={command === active}
          // Before the field loses focus to the list.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(command);
          }}
        >
          <code>
            /{command.name}
            {command.hint === undefined ? '' : ` <${command.hint}>`}
          </code>{' '}
          <span className="soft">{command.description}</span>
        </li>
      ))}
    </ul>
  );
}
