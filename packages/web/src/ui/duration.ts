import * as en from '../text/en.ts';

const SECOND_MS = 1000;

/** A duration in at most two units: "4 s", "2 min 5 s", "1 h 3 min". */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return en.time.hours(hours, minutes % 60);
  return minutes > 0 ? en.time.minutes(minutes, seconds % 60) : en.time.seconds(seconds);
}

/** How long ago something was, in one unit. */
export function agoText(atMs: number, nowMs: number): string {
  const minutes = Math.floor((nowMs - atMs) / (60 * SECOND_MS));
  if (minutes < 1) return en.time.justNow;
  if (minutes < 60) return en.time.minutesAgo(minutes);
  if (minutes < 24 * 60) return en.time.hoursAgo(Math.floor(minutes / 60));
  return new Date(atMs).toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

const MINUTES_A_DAY = 24 * 60;

/** The same where there is room for a few characters: "5m", "3h", "2d", "7w". */
export function shortAgoText(atMs: number, nowMs: number): string {
  const minutes = Math.floor((nowMs - atMs) / (60 * SECOND_MS));
  if (minutes < 1) return en.ago.now;
  if (minutes < 60) return en.ago.minutes(minutes);
  if (minutes < MINUTES_A_DAY) return en.ago.hours(Math.floor(minutes / 60));
  const days = Math.floor(minutes / MINUTES_A_DAY);
  return days < 14 ? en.ago.days(days) : en.ago.weeks(Math.floor(days / 7));
}
