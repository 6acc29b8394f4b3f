import { expect, it, vi } from 'vitest';
import { createStore } from './create-store.ts';

it('tells every listener of a new value, which they then find', () => {
  const store = createStore(1);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.get()));
  store.subscribe(() => heard.push(store.get() * 10));
  store.set(2);
  expect(heard).toEqual([2, 20]);
});

it('says nothing of a value that is the same', () => {
  const value = { isOn: true };
  const store = createStore(value);
  const listener = vi.fn();
  store.subscribe(listener);
  store.set(value);
  expect(listener).not.toHaveBeenCalled();
  store.set({ isOn: true });
  expect(listener).toHaveBeenCalledOnce();
});

it('tells nobody who has unsubscribed, also while it tells the others', () => {
  const store = createStore(0);
  const second = vi.fn();
  store.subscribe(() => removeSecond());
  const removeSecond = store.subscribe(second);
  store.set(1);
  expect(second).not.toHaveBeenCalled();
});
