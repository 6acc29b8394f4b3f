import type { ReactNode } from 'react';
import type { ProviderInfo } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { Icon } from '../../../ui/icon.tsx';
import { withCode } from '../../../ui/with-code.tsx';
import { LoadedView, useLoaded } from '../setting-parts.tsx';
import { AgentDetails } from './agent-details.tsx';
import type { AgentsApi } from './agents-api.ts';

interface AgentsSectionProps {
  readonly loadAgents: () => Promise<readonly ProviderInfo[]>;
  readonly api: AgentsApi;
}

/** Every agent: whether it is there, its keys, its sign-in, and what its sessions begin with. */
export function AgentsSection({ loadAgents, api }: AgentsSectionProps): ReactNode {
  const words = enSettings.agents;
  const { loaded, reload } = useLoaded(loadAgents);
  return (
    <>
      <p>{words.lead}</p>
      <LoadedView loaded={loaded} onReload={reload}>
        {(agents) =>
          agents.length === 0 ? (
            <p className="soft">{words.none}</p>
          ) : (
            agents.map((agent) => (
              <details key={agent.provider} className="card agent-settings" name="agent-settings">
                <summary>
                  <Icon name="chevron" />
                  <span className="setting-row-name">{agent.name}</span>
                  <span className={`agent-status ${agent.status}`}>{words.status[agent.status]}</span>
                </summary>
                {agent.hint !== undefined && agent.status !== 'ready' && <p className="soft">{withCode(agent.hint)}</p>}
                <AgentDetails agent={agent} api={api} />
              </details>
            ))
          )
        }
      </LoadedView>
    </>
  );
}
