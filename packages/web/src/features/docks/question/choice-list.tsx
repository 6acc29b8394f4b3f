import type { ReactNode } from 'react';
import * as en from '../../../text/en.ts';
import type { Choice, ChoiceField, ChoicesField, FormValues } from './form-field.ts';

interface ChoiceListProps {
  readonly field: ChoiceField | ChoicesField;
  /** Of the group of radio buttons. */
  readonly name: string;
  readonly value: FormValues[string] | undefined;
  readonly isDisabled: boolean;
  readonly onValue: (value: FormValues[string] | undefined) => void;
}

/** What can be chosen: one of it as radio buttons, several as check boxes. */
export function ChoiceList({ field, name, value, isDisabled, onValue }: ChoiceListProps): ReactNode {
  const chosen = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
  const isSingle = field.type === 'choice';
  const toggle = ({ value: option }: Choice, isOn: boolean): void => {
    if (isSingle) onValue(option);
    // In the order in which they are offered, not in which they were pressed.
    else
      onValue(
        field.choices.map((each) => each.value).filter((each) => (each === option ? isOn : chosen.includes(each))),
      );
  };
  return (
    <div className="choices">
      {field.choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type={isSingle ? 'radio' : 'checkbox'}
            name={name}
            checked={chosen.includes(choice.value)}
            disabled={isDisabled}
            onChange={(event) => toggle(choice, event.currentTarget.checked)}
          />
          <ChoiceWords choice={choice} />
        </label>
      ))}
      {isSingle && !field.isRequired && (
        <label className="choice">
          <input
            type="radio"
            name={name}
            checked={chosen.length === 0}
            disabled={isDisabled}
            onChange={() => onValue(undefined)}
          />
          <span className="soft">{en.question.none}</span>
        </label>
      )}
    </div>
  );
}

export function ChoiceWords({ choice }: { choice: Choice }): ReactNode {
  return (
    <span className="choice-words">
      <span>{choice.title}</span>
      {choice.description !== undefined && <span className="soft">{choice.description}</span>}
    </span>
  );
}
