import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { AgentDefaults } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { SettingGroup } from '../setting-parts.tsx';
import { TextSetting } from '../text-setting.tsx';

interface AgentDefaultsFormProps {
  readonly defaults: AgentDefaults;
  readonly save: (defaults: AgentDefaults) => Promise<boolean>;
}

/** The mode and the model that new sessions begin with. */
export function AgentDefaultsForm({ defaults, save }: AgentDefaultsFormProps): ReactNode {
  const words = enSettings.agents;
  const [modeId, setMode] = useState(defaults.modeId ?? '');
  const [modelId, setModel] = useState(defaults.modelId ?? '');
  const [isSaved, setSaved] = useState(false);
  const hintId = useId();
  const isChanged = modeId !== (defaults.modeId ?? '') || modelId !== (defaults.modelId ?? '');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { modeId: _mode, modelId: _model, ...rest } = defaults;
    const chosen = { ...(modeId === '' ? {} : { modeId }), ...(modelId === '' ? {} : { modelId }) };
    setSaved(await save({ ...rest, ...chosen }));
  };
  return (
    <SettingGroup title={words.defaults}>
      <form className="setting-form" onSubmit={(event) => void submit(event)}>
        <div className="setting-pair">
          <TextSetting label={words.mode} value={modeId} hintId={hintId} onChange={(value) => setMode(value.trim())} />
          <TextSetting
            label={words.model}
            value={modelId}
            hintId={hintId}
            onChange={(value) => setModel(value.trim())}
          />
        </div>
        <p className="soft" id={hintId}>
          {words.defaultHint}
        </p>
        <div className="setting-actions">
          <button type="submit" className="button" disabled={!isChanged}>
            {enSettings.save}
          </button>
          <span role="status" className="soft">
            {isSaved && !isChanged ? enSettings.saved : ''}
          </span>
        </div>
      </form>
    </SettingGroup>
  );
}
