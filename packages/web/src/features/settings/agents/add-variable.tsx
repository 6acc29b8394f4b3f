import { type FormEvent, type ReactNode, useState } from 'react';
import { enSettings } from '../../../text/en-settings.ts';
import { TextSetting } from '../text-setting.tsx';

/** As the protocol has it for agents' variables. */
const NAME = /^(?!KONUI_)[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** A variable that the agent's program gets. */
export function AddVariable({ add }: { add: (name: string, value: string) => Promise<boolean> }): ReactNode {
  const words = enSettings.agents;
  const [form, setForm] = useState<{ readonly name: string; readonly value: string }>();
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
      <TextSetting
        label={words.variableName}
        value={form.name}
        isCode
        problem={isBad ? words.badName : undefined}
        onChange={(name) => setForm({ ...form, name: name.trim() })}
      />
      <TextSetting
        label={words.variableValue}
        value={form.value}
        isCode
        onChange={(value) => setForm({ ...form, value })}
      />
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
