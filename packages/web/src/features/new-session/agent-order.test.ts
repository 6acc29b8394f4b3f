import { Provider, type ProviderInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { hasRealAgent, inOrder } from './agent-order.ts';

const agent = (name: string, over: Partial<ProviderInfo> = {}): ProviderInfo => ({
  provider: Provider.parse(name),
  name,
  source: 'catalogue',
  status: 'ready',
  isDemo: false,
  ...over,
});
const demo = agent('demo', { isDemo: true });
const missing = agent('missing', { status: 'missing' });
const installable = agent('installable', { status: 'installable' });

describe('the order of agents', () => {
  it('begins with the demo for who is new, and ends with it for others', () => {
    const agents = [missing, installable, demo, agent('a')];
    expect(inOrder(agents, true).map(({ name }) => name)).toEqual(['demo', 'a', 'installable', 'missing']);
    expect(inOrder(agents, false).map(({ name }) => name)).toEqual(['a', 'installable', 'missing', 'demo']);
  });

  it('knows when there is nothing but the demo', () => {
    expect(hasRealAgent([demo, missing])).toBe(false);
    expect(hasRealAgent([demo, installable])).toBe(true);
  });
});
