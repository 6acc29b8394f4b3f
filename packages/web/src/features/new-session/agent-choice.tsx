import type { ReactNode } from 'react';
import type { ProviderInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { AgentCards } from './agent-cards.tsx';
import { hasRealAgent, inOrder } from './agent-order.ts';
import type { AgentsState } from './use-agents.ts';

interface AgentChoiceProps {
  readonly state: AgentsState;
  readonly chosen: string | undefined;
  readonly isNewHere: boolean;
  readonly onChoose: (provider: ProviderInfo['provider']) => void;
}

/** The agents, or why there are none to choose from and what to do then. */
export function AgentChoice({ state, chosen, isNewHere, onChoose }: AgentChoiceProps): ReactNode {
  const { agents, isFailed, reload } = state;
  if (isFailed) {
    return (
      <p className="problem" role="alert">
        {en.newSession.agentsFailed}{' '}
        <button type="button" className="button" onClick={reload}>
          {en.newSession.again}
        </button>
      </p>
    );
  }
  if (agents === undefined) {
    return (
      <p className="soft" role="status">
        {en.newSession.loadingAgents}
      </p>
    );
  }
  return (
    <>
      {!hasRealAgent(agents) && (
        <div className="notice" data-testid="no-agent">
          <h2>{en.setup.noAgentTitle}</h2>
          <p>{agents.some(({ isDemo }) => isDemo) ? en.setup.noAgentLead : en.setup.noAgentAtAll}</p>
          <button type="button" className="button" onClick={reload}>
            {en.setup.lookAgain}
          </button>
        </div>
      )}
      <AgentCards agents={inOrder(agents, isNewHere)} chosen={chosen} onChoose={onChoose} />
    </>
  );
}
