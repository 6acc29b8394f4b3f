import type { ReactNode } from 'react';
import { ChoiceWords } from './choice-list.tsx';
import type { Choice } from './form-field.ts';

interface QuickChoicesProps {
  readonly choices: readonly Choice[];
  readonly isDisabled: boolean;
  readonly onChoose: (value: string) => void;
}

/** Choices that are the answer: pressing one sends it. */
export function QuickChoices({ choices, isDisabled, onChoose }: QuickChoicesProps): ReactNode {
  return (
    <div className="quick-choices">
      {choices.map((choice, index) => (
        <button
          key={choice.value}
          type="button"
          className="button"
          disabled={isDisabled}
          data-choice={choice.value}
          onClick={() => onChoose(choice.value)}
        >
          <ChoiceWords choice={choice} />
          {index < 9 && <kbd aria-hidden="true">{index + 1}</kbd>}
        </button>
      ))}
    </div>
  );
}
