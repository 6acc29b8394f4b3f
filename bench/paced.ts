import { setTimeout as delay } from 'node:timers/promises';

export interface Pace {
  readonly everyMs: number;
  readonly ticks: number;
}

/** Calls `tick` so often that after each `everyMs` one more was made; what a late timer missed is made up for. */
export async function paced({ everyMs, ticks }: Pace, tick: () => void): Promise<void> {
  const start = performance.now();
  for (let made = 0; made < ticks;) {
    const due = Math.min(ticks, Math.floor((performance.now() - start) / everyMs) + 1);
    for (; made < due; made++) tick();
    await delay(Math.max(0, start + made * everyMs - performance.now()));
  }
}
