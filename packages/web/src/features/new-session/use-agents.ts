import type { ProviderInfo } from '@konui/protocol';
import { useCallback, useEffect, useState } from 'react';

export type LoadAgents = () => Promise<readonly ProviderInfo[]>;

export interface AgentsState {
  /** Undefined until they were loaded. */
  readonly agents: readonly ProviderInfo[] | undefined;
  readonly isFailed: boolean;
  readonly reload: () => void;
}

export function useAgents(load: LoadAgents): AgentsState {
  const [agents, setAgents] = useState<readonly ProviderInfo[] | undefined>(undefined);
  const [isFailed, setFailed] = useState(false);
  const reload = useCallback(() => {
    setFailed(false);
    load().then(setAgents, () => setFailed(true));
  }, [load]);
  useEffect(reload, [reload]);
  return { agents, isFailed, reload };
}
