import { type ReactNode, useCallback, useState } from 'react';
import type { SettingsApi } from '@konui/client';
import type { HandOverRule, ProviderInfo } from '@konui/protocol';
import { Link } from 'wouter';
import { enSettings } from '../../../text/en-settings.ts';
import { Icon } from '../../../ui/icon.tsx';
import { LoadedView, messageOf, SwitchSetting, useLoaded } from '../setting-parts.tsx';
import { HandOverForm } from './hand-over-form.tsx';

interface HandOverSectionProps {
  readonly api: SettingsApi['handOver'];
  readonly loadAgents: () => Promise<readonly Pick<ProviderInfo, 'provider' | 'name'>[]>;
  readonly projects: readonly string[];
}

/** Which requests go to an agent without a person; none does until a rule is made here. */
export function HandOverSection({ api, loadAgents, projects }: HandOverSectionProps): ReactNode {
  const words = enSettings.handOver;
  const load = useCallback(async () => ({ rules: await api.rules(), agents: await loadAgents() }), [api, loadAgents]);
  const { loaded, reload } = useLoaded(load);
  const [isAdding, setAdding] = useState(false);
  const [problem, setProblem] = useState<string>();
  /** Made of what is stored now: another page may have changed it. */
  const change = async (next: (rules: readonly HandOverRule[]) => readonly HandOverRule[]): Promise<void> => {
    await api.change(next(await api.rules()));
    setProblem(undefined);
    reload();
  };
  const tryChange = (next: (rules: readonly HandOverRule[]) => readonly HandOverRule[]): void =>
    void change(next).catch((error: unknown) => setProblem(enSettings.notChanged(messageOf(error))));
  return (
    <>
      <p>{words.lead}</p>
      <div className="setting-actions">
        <button type="button" className="button primary" onClick={() => setAdding(true)}>
          <Icon name="plus" />
          {words.add}
        </button>
        <Link className="button" href="/kontasks?type=inject-review&status=requested">
          {words.reviews}
        </Link>
      </div>
      <div role="alert">{problem !== undefined && <p className="problem">{problem}</p>}</div>
      <LoadedView loaded={loaded} onReload={reload}>
        {({ rules, agents }) => (
          <>
            {rules.length === 0 && <p className="soft">{words.none}</p>}
            <ul className="setting-rows" aria-label={words.list}>
              {rules.map((rule) => (
                <li key={JSON.stringify(rule)} className="setting-row">
                  <SwitchSetting
                    label={words.rule(rule.targetUser, nameOf(rule, agents))}
                    hint={words.where(rule.projectPath, rule.modeId)}
                    isOn={rule.isPaused !== true}
                    onChange={(isOn) =>
                      tryChange((now) => now.map((each) => (isSame(each, rule) ? { ...rule, isPaused: !isOn } : each)))
                    }
                  />
                  <button
                    type="button"
                    className="button"
                    aria-label={`${enSettings.remove}: ${words.rule(rule.targetUser, nameOf(rule, agents))}`}
                    onClick={() => tryChange((now) => now.filter((each) => !isSame(each, rule)))}
                  >
                    {enSettings.remove}
                  </button>
                  {!agents.some(({ provider }) => provider === rule.provider) && (
                    <p className="problem">{words.agentGone(rule.provider)}</p>
                  )}
                </li>
              ))}
            </ul>
            {isAdding && (
              <HandOverForm
                agents={agents}
                projects={projects}
                onClose={() => setAdding(false)}
                add={async (rule) => {
                  await change((now) => [...now.filter((each) => !isSame(each, rule)), rule]);
                  setAdding(false);
                }}
              />
            )}
          </>
        )}
      </LoadedView>
    </>
  );
}

/** Two rules for one name in one project would say the same twice. */
function isSame(one: HandOverRule, other: HandOverRule): boolean {
  return one.targetUser === other.targetUser && one.projectPath === other.projectPath;
}

function nameOf({ provider }: HandOverRule, agents: readonly Pick<ProviderInfo, 'provider' | 'name'>[]): string {
  return agents.find((agent) => agent.provider === provider)?.name ?? provider;
}
