import { LIMITS } from '@konui/protocol';
import { expect, it } from 'vitest';
import { InOrder } from './in-order.ts';

it('runs the tasks of one key in order, also after one that failed, and those of another beside them', async () => {
  const done: string[] = [];
  const inOrder = new InOrder();
  const gate = Promise.withResolvers<void>();
  const first = inOrder.run('a', async () => {
    await gate.promise;
    done.push('a1');
    throw new Error('failed');
  });
  const second = inOrder.run('a', async () => done.push('a2'));
  await inOrder.run('b', async () => done.push('b1'));
  gate.resolve();
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(done).toEqual(['b1', 'a1', 'a2']);
});

it('refuses with TOO_MANY when too many wait, and takes more when they are done', async () => {
  const inOrder = new InOrder();
  const gate = Promise.withResolvers<void>();
  const waiting = Array.from({ length: LIMITS.maxQueuedPrompts }, () => inOrder.run('a', () => gate.promise));
  await expect(inOrder.run('a', () => gate.promise)).rejects.toMatchObject({ code: 'TOO_MANY' });
  gate.resolve();
  await Promise.all(waiting);
  await inOrder.run('a', () => gate.promise);
});
