import { describe, expect, it } from 'vitest';
import { Provider } from '../ids.ts';
import { defaultAgent } from './default-agent.ts';
import type { ProviderInfo } from './provider-info.ts';

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
