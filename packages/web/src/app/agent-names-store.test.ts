import { Provider } from '@konui/protocol';
import { describe, expect, it, vi } from 'vitest';
import { agentName } from '../ui/agent-names.ts';
import { createAgentNames } from './agent-names-store.ts';
import { createFakeLine } from './testing/fake-line.ts';

const demo = { provider: Provider.parse('demo'), name: 'Demo' };

function started(kept: string | null = null) {
  const values = new Map(kept === null ? [] : [['konui.agent-names', kept]]);
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
  const { onState, goLive, listeners } = createFakeLine();
  const loadAgents = vi.fn(() => Promise.resolve([demo]));
  const open = () => createAgentNames({ onState }, loadAgents, storage);
  return { open, goLive, loadAgents, values, listeners };
}

describe('what agents are called', () => {
  it('is their id until it is known, and from then on also when the page is opened again', async () => {
    const { open, goLive } = started();
    const store = open();
    expect(agentName(store.get(), 'demo')).toBe('demo');
    goLive();
    await expect.poll(() => agentName(store.get(), 'demo')).toBe('Demo');
    expect(agentName(open().get(), 'demo')).toBe('Demo');
  });

  it('stays the same object where nothing changed', async () => {
    const { open, goLive, loadAgents } = started('{"demo":"Demo"}');
    const store = open();
    const before = store.get();
    goLive();
    await loadAgents.mock.results[0]?.value;
    await Promise.resolve();
    expect(store.get()).toBe(before);
  });

  it('is asked for, whatever stands in the storage, and by nobody once it is closed', async () => {
    const { open, goLive, listeners } = started('no JSON');
    const store = open();
    goLive();
    await expect.poll(() => [...store.get()]).toEqual([['demo', 'Demo']]);
    store.close();
    expect(listeners.size).toBe(0);
  });
});
