import { type ReactNode, useCallback, useState } from 'react';
import type { AgentSettings, AgentSettingsChange, ProviderInfo } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { LoadedView, messageOf, SettingGroup, useLoaded } from '../setting-parts.tsx';
import { AddVariable } from './add-variable.tsx';
import { AgentDefaultsForm } from './agent-defaults-form.tsx';
import { AgentSignIn } from './agent-sign-in.tsx';
import type { AgentsApi } from './agents-api.ts';
import { VariableRow } from './variable-row.tsx';

/** What can be set for one agent; asked for when its part is opened. */
export function AgentDetails({ agent, api }: { agent: ProviderInfo; api: AgentsApi }): ReactNode {
  const words = enSettings.agents;
  const { provider } = agent;
  const load = useCallback(() => api.settings(provider), [api, provider]);
  const { loaded, reload } = useLoaded(load);
  const [changed, setChanged] = useState<AgentSettings>();
  const [problem, setProblem] = useState<string>();
  const change = async (next: AgentSettingsChange): Promise<boolean> => {
    try {
      setChanged(await api.change(provider, next));
      setProblem(undefined);
      return true;
    } catch (error) {
      setProblem(messageOf(error));
      return false;
    }
  };
  const setVariable = (name: string, value: string | null): Promise<boolean> =>
    change({ environment: { [name]: value } });
  return (
    <LoadedView loaded={loaded} onReload={reload}>
      {(first) => {
        const settings = changed ?? first;
        return (
          <div className="agent-parts">
            <div role="alert">
              {problem !== undefined && <p className="problem">{enSettings.notChanged(problem)}</p>}
            </div>
            {settings.signIn !== null && (
              <AgentSignIn signIn={settings.signIn} authenticate={(methodId) => api.authenticate(provider, methodId)} />
            )}
            <SettingGroup title={words.keys}>
              {settings.keys.length === 0 && <p className="soft">{words.noKeys}</p>}
              <ul className="setting-rows">
                {settings.keys.map((key) => (
                  <VariableRow key={key.name} variable={key} isSecret change={setVariable} />
                ))}
              </ul>
            </SettingGroup>
            <SettingGroup title={words.variables}>
              {settings.environment.length === 0 && <p className="soft">{words.noVariables}</p>}
              <ul className="setting-rows">
                {settings.environment.map((variable) => (
                  <VariableRow key={variable.name} variable={variable} isSecret={false} change={setVariable} />
                ))}
              </ul>
              <AddVariable add={setVariable} />
            </SettingGroup>
            <AgentDefaultsForm defaults={settings.defaults} save={(defaults) => change({ defaults })} />
          </div>
        );
      }}
    </LoadedView>
  );
}
