import type { ReactNode } from 'react';
import type { ProviderInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { withCode } from '../../ui/with-code.tsx';

interface AgentCardsProps {
  readonly agents: readonly ProviderInfo[];
  readonly chosen: string | undefined;
  readonly onChoose: (provider: ProviderInfo['provider']) => void;
}

/** The agents to choose from; one that is missing says what to do. */
export function AgentCards({ agents, chosen, onChoose }: AgentCardsProps): ReactNode {
  return (
    <fieldset className="field agents">
      <legend className="label">{en.newSession.agent}</legend>
      <div className="cards">
        {agents.map((agent) => (
          <label key={agent.provider} className={`card agent-card ${agent.status}`}>
            <input
              type="radio"
              name="agent"
              value={agent.provider}
              checked={agent.provider === chosen}
              disabled={agent.status === 'missing'}
              onChange={() => onChoose(agent.provider)}
            />
            <span className="agent-name">{agent.name}</span>
            <span className={`agent-status ${isSignedOut(agent) ? 'signed-out' : agent.status}`}>
              {statusText(agent)}
            </span>
            <span className="soft">{agent.isDemo ? en.newSession.demo : withCode(hintOf(agent))}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function isSignedOut(agent: ProviderInfo): boolean {
  return agent.status === 'ready' && agent.signIn === 'needed';
}

function statusText(agent: ProviderInfo): string {
  if (isSignedOut(agent)) return en.setup.notSignedIn;
  switch (agent.status) {
    case 'ready':
      return en.newSession.ready;
    case 'installable':
      return en.newSession.installable(agent.installMegabytes);
    case 'missing':
      return en.newSession.missing;
  }
}

function hintOf(agent: ProviderInfo): string {
  return agent.hint ?? (isSignedOut(agent) ? en.setup.signInHint : '');
}
