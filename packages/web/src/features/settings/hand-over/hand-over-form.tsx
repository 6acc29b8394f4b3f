import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { HandOverRule, type ProviderInfo } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { messageOf } from '../setting-parts.tsx';

interface HandOverFormProps {
  readonly agents: readonly Pick<ProviderInfo, 'provider' | 'name'>[];
  readonly projects: readonly string[];
  readonly add: (rule: HandOverRule) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks which requests go to which agent, where and in which mode. */
export function HandOverForm({ agents, projects, add, onClose }: HandOverFormProps): ReactNode {
  const words = enSettings.handOver.form;
  const [form, setForm] = useState({
    targetUser: '',
    provider: agents[0]?.provider ?? '',
    projectPath: '',
    modeId: '',
  });
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const id = useId();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { modeId, ...rest } = form;
    const targetUser = form.targetUser.trim() === '' ? form.provider : form.targetUser.trim();
    const mode = modeId.trim() === '' ? {} : { modeId: modeId.trim() };
    const rule = HandOverRule.safeParse({ ...rest, targetUser, projectPath: form.projectPath.trim(), ...mode });
    if (!rule.success) return setProblem(words.noFolder);
    setBusy(true);
    try {
      await add(rule.data);
    } catch (error) {
      setProblem(enSettings.notChanged(messageOf(error)));
      setBusy(false);
    }
  };
  const field = (name: 'targetUser' | 'projectPath' | 'modeId', label: string, hint: string): ReactNode => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        className="input"
        value={form[name]}
        list={name === 'projectPath' ? `${id}-projects` : undefined}
        autoComplete="off"
        aria-describedby={`${id}-${name}-hint`}
        onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
      />
      <span className="hint" id={`${id}-${name}-hint`}>
        {hint}
      </span>
    </div>
  );
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="setting-form" onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={`${id}-agent`}>{words.agent}</label>
          <select
            id={`${id}-agent`}
            className="input"
            value={form.provider}
            onChange={(event) => setForm({ ...form, provider: event.currentTarget.value })}
          >
            {agents.map(({ provider, name }) => (
              <option key={provider} value={provider}>
                {name}
              </option>
            ))}
          </select>
        </div>
        {field('projectPath', words.folder, words.folderHint)}
        <datalist id={`${id}-projects`}>
          {projects.map((path) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </datalist>
        {field('targetUser', words.target, words.targetHint(form.provider))}
        {field('modeId', words.mode, words.modeHint)}
        {agents.length === 0 && <p className="problem">{words.noAgents}</p>}
        <div role="alert">{problem !== undefined && <p className="problem">{problem}</p>}</div>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {enSettings.cancel}
          </button>
          <button type="submit" className="button primary" disabled={isBusy || agents.length === 0}>
            {words.add}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
