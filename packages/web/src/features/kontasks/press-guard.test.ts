import { describe, expect, it } from 'vitest';
import { PressGuard } from './press-guard.ts';

describe('a press of a quick action', () => {
  it('[B5] counts once while it is sent and for a double click; a deliberate repeat counts', () => {
    let now = 0;
    const guard = new PressGuard(() => now);
    expect(guard.press(0)).toBe(true);
    now = 1000;
    expect(guard.press(0)).toBe(false);
    guard.settle(0);
    now = 1100;
    expect(guard.press(0)).toBe(false);
    now = 2000;
    expect(guard.press(0)).toBe(true);
  });

  it('[B5] stands in no other action’s way', () => {
    const guard = new PressGuard(() => 0);
    expect(guard.press(0)).toBe(true);
    expect(guard.press(1)).toBe(true);
  });
});
