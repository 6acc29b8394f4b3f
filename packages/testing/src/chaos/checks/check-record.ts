import type { SessionEvent } from '@konui/protocol';
import { type AgentRecord, MARKED_PIECE } from '../agent/agent-record.ts';
import { createLogFacts } from './log-facts.ts';

type Update = Readonly<Record<string, unknown>>;

/** The log of a session against what its agents wrote down by themselves. Answers with each breach in words. */
export function checkRecord(
  sessionId: string,
  events: readonly SessionEvent[],
  records: readonly AgentRecord[],
): string[] {
  const breaches: string[] = [];
  const say = (what: string): void => void breaches.push(`session ${sessionId}: ${what}`);
  const emitted = groupUpdates(records);
  const last = checkUpdates(events, emitted, say);
  checkPrompts({ events, records, last, say });
  checkPermissions(events, records, say);
  return breaches;
}

/** Instance → its updates, the first at 0. */
function groupUpdates(records: readonly AgentRecord[]): Map<string, Update[]> {
  const emitted = new Map<string, Update[]>();
  for (const record of records) {
    if (record.type === 'started') emitted.set(record.instance, []);
    if (record.type === 'update') emitted.get(record.instance)?.push(record.update);
  }
  return emitted;
}

/** The log holds of each instance an exact prefix. Answers with the seq of each update, by mark. */
function checkUpdates(
  events: readonly SessionEvent[],
  emitted: Map<string, Update[]>,
  say: (what: string) => void,
): Map<string, number> {
  const seqs = new Map<string, number>();
  const reached = new Map<string, number>();
  let current = '';
  for (const event of events) {
    for (const { mark, instance, index, matches } of piecesOf(event, emitted)) {
      const expected = (reached.get(instance) ?? 0) + 1;
      if (instance !== current && reached.has(instance))
        say(`event ${event.seq}: ${mark} comes after the agent's successor`);
      current = instance;
      if (index !== expected) say(`event ${event.seq}: ${mark} where update ${expected} was to come`);
      if (!matches) say(`event ${event.seq}: ${mark} differs from what the agent sent`);
      reached.set(instance, index);
      seqs.set(mark, event.seq);
    }
    if (event.kind.endsWith('_chunk') && !isWhole(event)) say(`event ${event.seq}: has text that no agent sent`);
  }
  return seqs;
}

interface Piece {
  readonly mark: string;
  readonly instance: string;
  readonly index: number;
  readonly matches: boolean;
}

function piecesOf(event: SessionEvent, emitted: Map<string, Update[]>): Piece[] {
  const text = markedTextOf(event);
  if (text === undefined) return [];
  return [...text.matchAll(MARKED_PIECE)].map(([piece, instance = '', number = '']) => {
    const index = Number(number);
    const update = emitted.get(instance)?.[index - 1];
    return {
      mark: `${instance}:${index}`,
      instance,
      index,
      matches: update !== undefined && isSame(event, piece, update),
    };
  });
}

/** Where the agent put its mark, for each kind that it sends. */
function markedTextOf(event: SessionEvent): string | undefined {
  switch (event.kind) {
    case 'agent_message_chunk':
    case 'agent_thought_chunk':
      return textOf(event['content']);
    case 'tool_call':
    case 'tool_call_update':
      return typeof event['title'] === 'string' ? event['title'] : undefined;
    case 'plan':
      return String((event['entries'] as { content?: string }[])[0]?.content);
    case 'chaos_news':
      return String(event['text']);
  }
  return undefined;
}

function isSame(event: SessionEvent, piece: string, update: Update): boolean {
  const { sessionUpdate, ...fields } = update;
  if (event.kind !== sessionUpdate) return false;
  return Object.entries(fields).every(([field, value]) => {
    // Chunks may be joined (EVT2); then each keeps its own text.
    if (field === 'content') return textOf(value) === piece;
    return JSON.stringify(event[field === 'kind' ? 'toolKind' : field]) === JSON.stringify(value);
  });
}

function isWhole(event: SessionEvent): boolean {
  const text = textOf(event['content']);
  return [...text.matchAll(MARKED_PIECE)].map(([piece]) => piece).join('') === text;
}

function textOf(content: unknown): string {
  const text = (content as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text : '';
}

function checkPrompts(options: {
  events: readonly SessionEvent[];
  records: readonly AgentRecord[];
  last: Map<string, number>;
  say: (what: string) => void;
}): void {
  const { events, records, last, say } = options;
  const runs = new Map([...createLogFacts(events).runs.values()].map((run) => [run.promptId, run]));
  const given = new Map<string, string[]>();
  const answered = new Map<string, string>();
  let marks: string[] = [];
  for (const record of records) {
    switch (record.type) {
      case 'prompt':
        if (given.has(record.promptId)) say(`[CMD4] prompt ${record.promptId} was given to the agent twice`);
        if (!runs.has(record.promptId)) say(`[CMD4] prompt ${record.promptId} was given to the agent without a run`);
        marks = [];
        given.set(record.promptId, marks);
        break;
      case 'update':
        marks.push(`${record.instance}:${record.index}`);
        break;
      case 'answered':
        answered.set(record.promptId, record.stopReason);
        marks = [];
        break;
      case 'started':
      case 'asked':
      case 'heard':
      case 'cancelled':
        break;
    }
  }
  for (const [promptId, { runId, completions }] of runs) {
    const [end] = completions;
    if (end?.success !== true) continue;
    if (answered.get(promptId) !== end.stopReason)
      say(`run ${runId} succeeded with ${end.stopReason}; the agent answered ${answered.get(promptId) ?? 'nothing'}`);
    const missing = (given.get(promptId) ?? []).filter((mark) => (last.get(mark) ?? Infinity) > end.seq);
    if (missing.length > 0)
      say(`run ${runId} succeeded, but ${missing.length} updates are missing before its end, from ${missing[0]}`);
  }
}

function checkPermissions(
  events: readonly SessionEvent[],
  records: readonly AgentRecord[],
  say: (what: string) => void,
): void {
  const { permissions } = createLogFacts(events);
  const resolved = new Map([...permissions.values()].map(({ toolCallId, resolutions }) => [toolCallId, resolutions]));
  for (const record of records) {
    if (record.type !== 'heard' || record.optionId === null) continue;
    const resolutions = resolved.get(record.toolCallId);
    if (resolutions?.length !== 1 || resolutions[0]?.optionId !== record.optionId) {
      say(
        `[CMD7] the agent heard ${record.optionId} for ${record.toolCallId}, the log says ${JSON.stringify(resolutions)}`,
      );
    }
  }
}
