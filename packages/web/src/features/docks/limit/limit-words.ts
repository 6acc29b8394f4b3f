import * as en from '../../../text/en.ts';
import { durationText } from '../../../ui/duration.ts';

export interface LimitFacts {
  /** ISO 8601, where the agent said when its limit resets. */
  readonly resetsAt: string | undefined;
  /** ISO 8601, where the session goes on by itself. */
  readonly resumesAt: string | undefined;
}

export interface LimitWords {
  /** The quota should be back, and nothing goes on by itself. */
  readonly hasReset: boolean;
  /** Changes each minute, in the last one each second: not to be read aloud. */
  readonly countdown: string;
  /** The time of day, and the day if it is another one. */
  readonly when: string | undefined;
}

/** When a used-up quota comes back, or the session goes on by itself, in words. */
export function limitWords({ resetsAt, resumesAt }: LimitFacts, nowMs: number): LimitWords {
  const at = resumesAt ?? resetsAt;
  if (at === undefined) return { hasReset: false, countdown: en.limit.unknown, when: undefined };
  const leftMs = Date.parse(at) - nowMs;
  const left = durationText(leftMs > MINUTE_MS ? Math.ceil(leftMs / MINUTE_MS) * MINUTE_MS : leftMs);
  const when = en.limit.resetsAt(timeText(new Date(at), new Date(nowMs)));
  if (resumesAt !== undefined) {
    return leftMs > 0
      ? { hasReset: false, countdown: en.limit.goesOnIn(left), when }
      : { hasReset: false, countdown: en.limit.goesOnSoon, when: undefined };
  }
  return leftMs > 0
    ? { hasReset: false, countdown: en.limit.resetsIn(left), when }
    : { hasReset: true, countdown: en.limit.hasReset, when };
}

const MINUTE_MS = 60_000;

function timeText(at: Date, now: Date): string {
  const isToday = at.toDateString() === now.toDateString();
  return isToday
    ? at.toLocaleTimeString(undefined, { timeStyle: 'short' })
    : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
