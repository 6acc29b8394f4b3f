import type { Connection } from '@konui/client';
import { isRecord, type ProviderInfo } from '@konui/protocol';
import type { AgentNames } from '../ui/agent-names.ts';
import { createStore } from '../ui/create-store.ts';
import type { Store } from '../ui/use-store.ts';
import { whenLive } from './when-live.ts';

const KEY = 'konui.agent-names';

export interface AgentNamesStore extends Store<AgentNames> {
  close(): void;
}

/** What agents are called: as this browser last heard it, asked anew whenever the connection becomes live. */
export function createAgentNames(
  connection: Pick<Connection, 'onState'>,
  loadAgents: () => Promise<readonly Pick<ProviderInfo, 'provider' | 'name'>[]>,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): AgentNamesStore {
  const kept = storage.getItem(KEY);
  const store = createStore<AgentNames>(toNames(kept));
  let text = kept;
  let isClosed = false;
  const load = async (): Promise<void> => {
    const agents = await loadAgents();
    const next = JSON.stringify(Object.fromEntries(agents.map(({ provider, name }) => [provider, name])));
    if (isClosed || next === text) return;
    text = next;
    store.set(toNames(next));
    storage.setItem(KEY, next);
  };
  const remove = whenLive(connection, load);
  return {
    get: store.get,
    subscribe: store.subscribe,
    close() {
      isClosed = true;
      remove();
    },
  };
}

function toNames(text: string | null): AgentNames {
  try {
    const names: unknown = JSON.parse(text ?? '{}');
    const entries = isRecord(names) ? Object.entries(names) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    // Somebody else wrote there: they are asked for anyway.
    return new Map();
  }
}
