import { type ReactNode, useId } from 'react';

interface TextSettingProps {
  readonly label: string;
  readonly value: string;
  /** Names and values that a machine reads. */
  readonly isCode?: boolean;
  /** The element that says more of it. */
  readonly hintId?: string;
  /** What is wrong with the value. */
  readonly problem?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** One line of text, for machines: nothing is completed or corrected. */
export function TextSetting(props: TextSettingProps): ReactNode {
  const { label, value, isCode = false, hintId, problem, onChange } = props;
  const id = useId();
  const problemId = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={isCode ? 'input code' : 'input'}
        value={value}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? hintId : problemId}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {problem !== undefined && (
        <span className="hint" id={problemId}>
          {problem}
        </span>
      )}
    </div>
  );
}
