import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIVE } from '../ui/liveness.ts';
import { createPageLiveness, type PageLiveness } from './page-liveness.ts';

const START = Date.parse('2026-01-01T11:04:00.000Z');

let liveness: PageLiveness;
let list: { isCurrent: boolean; savedAtMs?: number };
let missingEvents: number;
let heardAtMs: number;
let told: Set<() => void>;
let changes: number;

const tell = (next: Partial<typeof list> = {}): void => {
  list = { ...list, ...next };
  told.forEach((listener) => listener());
};
const connect = (): void => {
  heardAtMs = Date.now();
  tell({ isCurrent: true });
};

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  list = { isCurrent: false };
  missingEvents = 0;
  heardAtMs = START;
  told = new Set();
  changes = 0;
  const subscribe = (listener: () => void) => {
    told.add(listener);
    return () => told.delete(listener);
  };
  liveness = createPageLiveness({
    connection: { heardAtMs: () => heardAtMs, onFrame: (_, listener) => subscribe(listener as () => void) },
    connectionStatus: {
      get: () => ({ ...STATUS, missingEvents }),
      subscribe,
    },
    sessionList: { get: () => ({ state: 'ready', sessions: [], runningCount: 0, ...list }), subscribe },
  });
  liveness.subscribe(() => (changes += 1));
});
afterEach(() => {
  liveness.close();
  const left = vi.getTimerCount() + told.size;
  vi.useRealTimers();
  if (left > 0) throw new Error('timers or listeners are left after close()');
});

const STATUS = {
  connection: { state: 'closed' },
  downSince: undefined,
  isOffline: false,
  waitingPrompts: 0,
  isHostUnreachable: false,
  isOutdated: false,
} as const;

describe('what the page knows of the present', () => {
  it('is told as it happens once the sessions are current', () => {
    expect(liveness.get()).toEqual({ knownUntilMs: START, isStale: false });
    connect();
    expect(liveness.get()).toBe(LIVE);
  });

  it('stops the time of runs at once when the line is cut, and says so only when it stays so', () => {
    connect();
    vi.advanceTimersByTime(1000);
    heardAtMs = Date.now();
    tell({ isCurrent: false });
    expect(liveness.get()).toEqual({ knownUntilMs: START + 1000, isStale: false });
    vi.advanceTimersByTime(2400);
    expect(liveness.get().isStale).toBe(false);
    vi.advanceTimersByTime(200);
    expect(liveness.get()).toEqual({ knownUntilMs: START + 1000, isStale: true });
  });

  it('does not flicker when a connection is back soon', () => {
    connect();
    tell({ isCurrent: false });
    vi.advanceTimersByTime(2000);
    connect();
    vi.advanceTimersByTime(10_000);
    expect(liveness.get()).toBe(LIVE);
    expect(changes).toBe(3);
  });

  it('keeps the time of the first loss while attempts come and fail', () => {
    connect();
    tell({ isCurrent: false });
    vi.advanceTimersByTime(60_000);
    heardAtMs = Date.now();
    tell();
    expect(liveness.get()).toEqual({ knownUntilMs: START, isStale: true });
  });

  it('is live again only when what was missed has come', () => {
    connect();
    tell({ isCurrent: false });
    vi.advanceTimersByTime(3000);
    missingEvents = 1200;
    connect();
    expect(liveness.get().isStale).toBe(true);
    missingEvents = 0;
    tell();
    expect(liveness.get()).toBe(LIVE);
  });

  it('knows after a sleep that it has heard nothing for hours, before the connection is found dead', () => {
    connect();
    vi.setSystemTime(START + 3 * 60 * 60 * 1000);
    vi.advanceTimersByTime(5000);
    expect(liveness.get()).toEqual({ knownUntilMs: START, isStale: true });
    connect();
    expect(liveness.get()).toBe(LIVE);
  });

  it('says of kept sessions at once when they were so', () => {
    tell({ savedAtMs: 5000 });
    expect(liveness.get()).toEqual({ knownUntilMs: 5000, isStale: true });
    list = { isCurrent: false };
    tell();
    expect(liveness.get()).toEqual({ knownUntilMs: START, isStale: false });
    vi.advanceTimersByTime(3000);
    expect(liveness.get().isStale).toBe(true);
  });
});
