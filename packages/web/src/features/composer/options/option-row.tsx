import type { ReactNode } from 'react';
import * as en from '../../../text/en.ts';
import { useScrollCue } from '../../../ui/use-scroll-cue.ts';
import type { Choice, OptionChoice } from './option-choice.ts';

interface OptionRowProps {
  readonly choices: readonly OptionChoice[];
  /** Keys of the choices that are being changed. */
  readonly changing: readonly string[];
  readonly onChange: (choice: OptionChoice, value: string) => void;
}

/** Mode, model and options of the agent, each a small list of the browser's own. */
export function OptionRow({ choices, changing, onChange }: OptionRowProps): ReactNode {
  const row = useScrollCue();
  if (choices.length === 0) return null;
  return (
    <div ref={row} className="option-row" role="group" aria-label={en.options.label}>
      {choices.map((choice) => (
        <OptionView
          key={choice.key}
          choice={choice}
          isChanging={changing.includes(choice.key)}
          onChange={(value) => onChange(choice, value)}
        />
      ))}
    </div>
  );
}

interface OptionViewProps {
  readonly choice: OptionChoice;
  readonly isChanging: boolean;
  readonly onChange: (value: string) => void;
}

function OptionView({ choice, isChanging, onChange }: OptionViewProps): ReactNode {
  const { label, value, choices, description } = choice;
  const hint = isChanging ? en.options.changing : choice.isMode ? en.options.modeHint : description;
  const title = hint === undefined ? label : `${label}: ${hint}`;
  if (choices.length === 0) {
    return (
      <label className="option option-switch" title={title} aria-busy={isChanging}>
        <input
          type="checkbox"
          checked={value === 'true'}
          disabled={isChanging}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
        {label}
      </label>
    );
  }
  const isKnown = choices.some((each) => each.value === value);
  return (
    <span className="option" aria-busy={isChanging}>
      {isChanging && <span className="spinner" />}
      <select
        aria-label={label}
        title={title}
        value={value}
        disabled={isChanging}
        data-option={choice.key}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {!isKnown && <option value={value}>{value === '' ? label : value}</option>}
        {groupsOf(choices).map(([group, members]) =>
          group === undefined ? (
            members.map((member) => <OptionItem key={member.value} choice={member} />)
          ) : (
            <optgroup key={group} label={group}>
              {members.map((member) => (
                <OptionItem key={member.value} choice={member} />
              ))}
            </optgroup>
          ),
        )}
      </select>
    </span>
  );
}

function OptionItem({ choice }: { choice: Choice }): ReactNode {
  return (
    <option value={choice.value} title={choice.description}>
      {choice.name}
    </option>
  );
}

function groupsOf(choices: readonly Choice[]): readonly [string | undefined, readonly Choice[]][] {
  const groups = new Map<string | undefined, Choice[]>();
  for (const choice of choices) {
    const members = groups.get(choice.group);
    if (members === undefined) groups.set(choice.group, [choice]);
    else members.push(choice);
  }
  return [...groups];
}
