import { Provider, type ProviderInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { defaultAgent, hasRealAgent, inOrder } from './default-agent.ts';

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

describe('the agent that is chosen at first', () => {
  it('is the last used one, if it is still there', () => {
    expect(defaultAgent([agent('a'), agent('b')], 'b')).toBe('b');
    expect(defaultAgent([agent('a'), missing], 'missing')).toBe('a');
  });

  it('is a real one that is ready before the demo, and the demo before an installation or a sign-in', () => {
    expect(defaultAgent([demo, installable, agent('a')], undefined)).toBe('a');
    expect(defaultAgent([installable, demo], undefined)).toBe('demo');
    expect(defaultAgent([agent('a', { signIn: 'needed' }), demo], undefined)).toBe('demo');
    expect(defaultAgent([missing], undefined)).toBeUndefined();
  });
});

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
