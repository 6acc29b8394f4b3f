import type { Connection } from '@konui/client';
import type { GatewayFrame } from '@konui/protocol';
import { expect, it } from 'vitest';
import { createLoadingProgress } from './loading-progress.ts';

it('[D4] tells what the host is busy with until it is done, or until nobody can know', () => {
  let tell: (frame: Omit<Extract<GatewayFrame, { kind: 'loading_progress' }>, 'kind'>) => void = () => undefined;
  let lose: () => void = () => undefined;
  const connection = {
    onFrame: ((_kind: string, listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    }) as Connection['onFrame'],
    onState: (listener: Parameters<Connection['onState']>[0]) => {
      lose = () => listener({ state: 'disconnected', reason: 'test' });
      return () => undefined;
    },
  };
  const progress = createLoadingProgress(connection);
  tell({ message: 'installing', provider: 'codex', done: false });
  tell({ message: 'making sessions searchable', count: 1, total: 3, done: false });
  expect(progress.get().map(({ name, count }) => [name, count])).toEqual([
    ['codex', undefined],
    ['', 1],
  ]);
  tell({ message: 'ready', provider: 'codex', done: true });
  expect(progress.get().map(({ name }) => name)).toEqual(['']);
  lose();
  expect(progress.get()).toEqual([]);
});
