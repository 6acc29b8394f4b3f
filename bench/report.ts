import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';

/** One line of a table. `floor`, `ours` and `ratio` are texts with their units. */
export interface Row {
  readonly what: string;
  readonly floor: string;
  readonly ours: string;
  readonly ratio: string;
  readonly goal: string;
}

export interface Report {
  readonly title: string;
  /** What was measured against what, in one or two sentences. */
  readonly about: string;
  readonly rows: readonly Row[];
  /** Whether nothing was lost, doubled or reordered, and whatever else explains the figures. */
  readonly notes: readonly string[];
}

/** A goal that is a limit: `≤ 2,000 µs: met`. */
export function atMost(value: number, limit: number, unit: string): string {
  return `≤ ${formatNumber(limit)}${unit}: ${value <= limit ? 'met' : 'MISSED'}`;
}

export const formatUs = (us: number): string => `${formatNumber(us)} µs`;
export const formatMs = (ms: number): string => `${formatNumber(ms)} ms`;
export const formatRatio = (ratio: number): string => `${ratio.toFixed(2)}×`;

export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

export function toMarkdown({ title, about, rows, notes }: Report): string {
  const lines = rows.map(
    ({ what, floor, ours, ratio, goal }) => `| ${what} | ${floor} | ${ours} | ${ratio} | ${goal} |`,
  );
  const table = ['| what | floor | ours | ratio | goal |', '|---|---|---|---|---|', ...lines].join('\n');
  return [`## ${title}`, about, table, ...notes.map((note) => `- ${note}`)].join('\n\n').replaceAll('\n\n- ', '\n- ');
}

/** Runnable processes, averaged over 1, 5 and 15 minutes: above the number of cores, everything waits. */
export function describeLoad(): string {
  return loadavg()
    .map((each) => each.toFixed(1))
    .join(' ');
}

export function describeMachine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${model.trim()}), ${memory} GiB, ${readSystemName()}, kernel ${release()}, Node ${process.version}, load ${describeLoad()}`;
}

function readSystemName(): string {
  const text = process.platform === 'linux' ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^PRETTY_NAME="(.+)"$/m.exec(text)?.[1] ?? process.platform;
}
