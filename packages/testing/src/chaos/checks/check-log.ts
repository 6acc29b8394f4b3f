import { createLogFacts, type LogFacts } from './log-facts.ts';
import type { SessionWatch } from '../session-watch.ts';

type Command = Readonly<Record<string, unknown>>;

/** What the rules SEQ, EVT and CMD say of one quiet session's log and inbox. Answers with each breach in words. */
export function checkLog(watch: SessionWatch): string[] {
  const breaches: string[] = [];
  const say = (what: string): void => void breaches.push(`session ${watch.sessionId}: ${what}`);
  const onDisk = watch.readLog();
  for (const [index, line] of watch.lines.entries()) {
    if (onDisk[index] !== line) say(`line ${index + 1} of the log has changed since it was written`);
  }
  for (const [index, { seq, sessionId }] of watch.events.entries()) {
    if (seq !== index + 1) say(`[SEQ1] event ${seq} stands at line ${index + 1}`);
    if (sessionId !== watch.sessionId) say(`event ${seq} names session ${sessionId}`);
    if (watch.lines[index]?.startsWith(`{"seq":${seq},`) !== true) say(`[SEQ2] line ${index + 1} begins otherwise`);
  }
  const facts = createLogFacts(watch.events);
  const inbox = watch.readInbox();
  // Nobody has asked anything of this session yet, so it has no runner.
  if (inbox.length === 0 && watch.lines.length === 0) return breaches;
  checkRuns(facts, say);
  checkCommands(facts, inbox, say);
  return breaches;
}

function checkRuns(facts: LogFacts, say: (what: string) => void): void {
  const { opened, runs, problems } = facts;
  for (const problem of problems) say(problem);
  if (opened.length !== 1 || opened[0] !== 1)
    say(`[SEQ4] log_opened stands at ${opened.join(', ') || 'no line'}; nothing began an epoch but the log itself`);
  const prompts = new Set<string>();
  for (const { runId, promptId, completions } of runs.values()) {
    if (completions.length !== 1) say(`[EVT3] run ${runId} has ${completions.length} completes`);
    if (prompts.has(promptId)) say(`[CMD4] prompt ${promptId} has two runs`);
    prompts.add(promptId);
  }
}

function checkCommands(facts: LogFacts, inbox: readonly Command[], say: (what: string) => void): void {
  const ids = inbox.map((command) => String(command['commandId']));
  for (const id of new Set(ids)) {
    const answers = facts.answers.get(id) ?? [];
    if (answers.length !== 1)
      say(`[CMD1] command ${id} is answered by ${answers.length} events (${answers.join(', ')})`);
  }
  const known = new Set(ids);
  for (const [id, answers] of facts.answers) {
    if (!known.has(id)) say(`[CMD2] event ${answers.join(', ')} answers command ${id}, which the inbox does not have`);
  }
  checkPrompts(facts, inbox, say);
}

/** Every accepted prompt ran, or was taken out by a person, and they ran in their order. */
function checkPrompts(facts: LogFacts, inbox: readonly Command[], say: (what: string) => void): void {
  const prompts = inbox.filter(({ type }) => type === 'prompt').map(({ commandId }) => String(commandId));
  const ran = [...facts.runs.values()].map(({ promptId }) => promptId);
  const done = new Set([...ran, ...facts.removed, ...facts.rejected]);
  for (const id of prompts) if (!done.has(id)) say(`[CMD3] prompt ${id} was accepted and never ran`);
  for (const id of facts.removed) if (ran.includes(id)) say(`prompt ${id} was removed and ran all the same`);
  if (facts.isReordered) return;
  const order = new Map(prompts.map((id, index) => [id, index]));
  let last = -1;
  for (const { promptId: id, isOutOfTurn } of facts.runs.values()) {
    if (isOutOfTurn) continue;
    const at = order.get(id) ?? -1;
    if (at < last) say(`[CMD3] prompt ${id} ran after one that came later`);
    last = Math.max(last, at);
  }
}
