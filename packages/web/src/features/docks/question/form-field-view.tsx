import { type ReactNode, useId } from 'react';
import * as en from '../../../text/en.ts';
import { ChoiceList } from './choice-list.tsx';
import type { FormField, FormValues } from './form-field.ts';

interface FormFieldViewProps {
  readonly field: FormField;
  readonly value: FormValues[string] | undefined;
  readonly problem: string | undefined;
  readonly isDisabled: boolean;
  readonly onValue: (value: FormValues[string] | undefined) => void;
}

/** One field of a question with its label, its hint, and what is wrong with its value. */
export function FormFieldView(props: FormFieldViewProps): ReactNode {
  const { field, value, problem, isDisabled, onValue } = props;
  const id = useId();
  const about = [field.description !== undefined ? `${id}-hint` : '', problem !== undefined ? `${id}-problem` : '']
    .filter((each) => each !== '')
    .join(' ');
  const notes = (
    <>
      {field.description !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {field.description}
        </span>
      )}
      {problem !== undefined && (
        <span className="field-problem" id={`${id}-problem`}>
          {problem}
        </span>
      )}
    </>
  );
  if (field.type === 'choice' || field.type === 'choices') {
    return (
      <fieldset
        className="field"
        aria-describedby={about || undefined}
        aria-invalid={problem !== undefined}
        data-field={field.name}
      >
        <legend>
          <Label field={field} />
        </legend>
        {notes}
        <ChoiceList field={field} name={id} value={value} isDisabled={isDisabled} onValue={onValue} />
      </fieldset>
    );
  }
  const shared = {
    id,
    disabled: isDisabled,
    'aria-describedby': about || undefined,
    'aria-invalid': problem !== undefined,
    'aria-required': field.isRequired,
  };
  if (field.type === 'switch') {
    return (
      <div className="field" data-field={field.name}>
        <label className="choice">
          <input
            {...shared}
            type="checkbox"
            checked={value === true}
            onChange={(event) => onValue(event.currentTarget.checked)}
          />
          <span>{field.label}</span>
        </label>
        {notes}
      </div>
    );
  }
  const text = typeof value === 'string' ? value : '';
  return (
    <div className="field" data-field={field.name}>
      <label htmlFor={id}>
        <Label field={field} />
      </label>
      {isLong(field) ? (
        <textarea
          {...shared}
          className="input"
          rows={2}
          value={text}
          onChange={(event) => onValue(event.currentTarget.value)}
        />
      ) : (
        <input
          {...shared}
          className="input"
          type={inputType(field)}
          inputMode={field.type === 'number' ? (field.isInteger ? 'numeric' : 'decimal') : undefined}
          value={text}
          onChange={(event) => onValue(event.currentTarget.value)}
        />
      )}
      {notes}
    </div>
  );
}

function Label({ field }: { field: FormField }): ReactNode {
  return (
    <>
      {field.label} {!field.isRequired && <span className="soft">{en.question.optional}</span>}
    </>
  );
}

/** Long enough for several lines. */
const LONG_TEXT = 200;

function isLong(field: FormField): boolean {
  return field.type === 'text' && field.format === undefined && (field.minLength ?? 0) > LONG_TEXT;
}

/** Numbers and addresses are text: the browser's own checks would speak before ours, in other words. */
function inputType(field: FormField): string {
  if (field.type !== 'text') return 'text';
  switch (field.format) {
    case 'date':
      return 'date';
    case 'date-time':
      return 'datetime-local';
    case 'email':
      return 'email';
    case 'uri':
      return 'url';
    case undefined:
      return 'text';
  }
}
