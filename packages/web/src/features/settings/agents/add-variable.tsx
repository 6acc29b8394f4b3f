import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { enSettings } from '../../../text/en-settings.ts';

/** As the protocol has it for agents' variables. */
const NAME = /^(?!KONUI_)[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** A variable that the agent's program gets. */
export function AddVariable({ add }: { add: (name: string, value: string) => Promise<boolean> }): ReactNode {
  const words = enSettings.agents;
  const [form, setForm] = useState<{ readonly name: string; readonly value: string }>();
  const ids = { name: useId(), value: useId(), problem: useId() };
  if (form === undefined) {
    return (
      <div className="setting-actions">
        <button type="button" className="button" onClick={() => setForm({ name: '', value: '' })}>
          {words.addVariable}
        </button>
      </div>
    );
  }
  const isBad = form.name !== '' && !NAME.test(form.name);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (NAME.test(form.name) && form.value !== '' && (await add(form.name, form.value))) setForm(undefined);
  };
  return (
    <form className="setting-form" onSubmit={(event) => void submit(event)}>
      <div className="field">
        <label htmlFor={ids.name}>{words.variableName}</label>
        <input
          id={ids.name}
          className="input code"
          value={form.name}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={isBad}
          aria-describedby={isBad ? ids.problem : undefined}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value.trim() })}
        />
        {isBad && (
          <span className="hint" id={ids.problem}>
            {words.badName}
          </span>
        )}
      </div>
      <div className="field">
        <label htmlFor={ids.value}>{words.variableValue}</label>
        <input
          id={ids.value}
          className="input code"
          value={form.value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setForm({ ...form, value: event.currentTarget.value })}
        />
      </div>
      <div className="setting-actions">
        <button type="submit" className="button primary" disabled={isBad || form.name === '' || form.value === ''}>
          {enSettings.save}
        </button>
        <button type="button" className="button" onClick={() => setForm(undefined)}>
          {enSettings.cancel}
        </button>
      </div>
    </form>
  );
}
