import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { AgentSettings } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { withCode } from '../../../ui/with-code.tsx';

type Variable = AgentSettings['environment'][number] & { readonly label?: string };

interface VariableRowProps {
  readonly variable: Variable;
  readonly isSecret: boolean;
  /** Null removes it. Answers whether it was done. */
  readonly change: (name: string, value: string | null) => Promise<boolean>;
}

/** A variable that is set or not; its value is written, never shown. */
export function VariableRow({ variable, isSecret, change }: VariableRowProps): ReactNode {
  const words = enSettings.agents;
  const { name, isSet, source } = variable;
  const [text, setText] = useState<string>();
  const id = useId();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text !== undefined && text !== '' && (await change(name, text))) setText(undefined);
  };
  return (
    <li className="setting-row">
      <div className="setting-row-text">
        <span className="setting-row-name">{variable.label === undefined ? name : withCode(variable.label)}</span>
        <span className="soft">
          {variable.label !== undefined && <code>{name}</code>}{' '}
          {isSet ? words.isSet[source ?? 'unknown'] : words.notSet}
        </span>
        {text !== undefined && (
          <form className="setting-secret" onSubmit={(event) => void submit(event)}>
            <label htmlFor={id} className="visually-hidden">
              {words.value(name)}
            </label>
            <input
              id={id}
              className="input code"
              type={isSecret ? 'password' : 'text'}
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <button type="submit" className="button primary" disabled={text === ''}>
              {enSettings.save}
            </button>
            <button type="button" className="button" onClick={() => setText(undefined)}>
              {enSettings.cancel}
            </button>
          </form>
        )}
      </div>
      {text === undefined && (
        <div className="setting-actions">
          <button
            type="button"
            className="button"
            aria-label={`${isSet ? words.replace : words.set}: ${name}`}
            onClick={() => setText('')}
          >
            {isSet ? words.replace : words.set}
          </button>
          {isSet && source === 'settings' && (
            <button
              type="button"
              className="button"
              aria-label={`${enSettings.remove}: ${name}`}
              onClick={() => void change(name, null)}
            >
              {enSettings.remove}
            </button>
          )}
        </div>
      )}
    </li>
  );
}
