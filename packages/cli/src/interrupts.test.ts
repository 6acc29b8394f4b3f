import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { Interrupts, listenToSignals } from './interrupts.ts';

it('keeps an interrupt that comes while nobody waits', async () => {
  const interrupts = new Interrupts();
  interrupts.push('ctrl-c');
  interrupts.push('end');
  expect([await interrupts.next(), await interrupts.next()]).toEqual(['ctrl-c', 'end']);
});

it('stops waiting when the signal aborts', async () => {
  const interrupts = new Interrupts();
  const controller = new AbortController();
  const waiting = interrupts.next(controller.signal);
  controller.abort();
  expect(await waiting).toBeUndefined();
});

it('tells a listener without taking the interrupt away', async () => {
  const interrupts = new Interrupts();
  let calls = 0;
  const stop = interrupts.onInterrupt(() => (calls += 1));
  interrupts.push('end');
  stop();
  interrupts.push('ctrl-c');
  expect(calls).toBe(1);
  expect(await interrupts.next()).toBe('end');
});

it('takes SIGTERM and SIGHUP for an end without questions, and gives the signals back', async () => {
  const target = new EventEmitter();
  const { interrupts, close } = listenToSignals(target);
  target.emit('SIGHUP');
  target.emit('SIGINT');
  expect([await interrupts.next(), await interrupts.next()]).toEqual(['end', 'ctrl-c']);
  close();
  expect(target.eventNames()).toEqual([]);
});
