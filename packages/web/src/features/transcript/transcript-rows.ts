import type { ConversationItem, PromptItem, RunEndItem } from '@konui/client';
import type { RunEndingFacts } from './run-ending.ts';

/** What the transcript draws for an item; `ending` holds what else is known about a run's end. */
export type TranscriptRow =
  | { readonly type: 'item'; readonly item: Exclude<ConversationItem, RunEndItem> }
  | {
      readonly type: 'ending';
      readonly item: RunEndItem;
      readonly facts: RunEndingFacts;
      readonly prompt: PromptItem | undefined;
      /** No prompt has followed it yet. */
      readonly isLatest: boolean;
    };

/** Refusals that the page shows elsewhere or that need no words: the run had ended, somebody was faster. */
const SILENT_REFUSALS = new Set([
  'NO_ACTIVE_RUN',
  'PERMISSION_NOT_FOUND',
  'ELICITATION_NOT_FOUND',
  'QUEUE_CHANGED',
  'PROMPT_NOT_QUEUED',
]);

/** Joins what belongs together: an error and a used-up quota are told at the end of their run. */
export function transcriptRows(items: readonly ConversationItem[]): readonly TranscriptRow[] {
  const ended = new Set(items.flatMap((item) => (item.type === 'run_end' ? [item.runId] : [])));
  const facts = new Map<string | undefined, RunEndingFacts>();
  const prompts = new Map<string | undefined, PromptItem>();
  const lastPrompt = items.findLast((item) => item.type === 'prompt');
  const rows: TranscriptRow[] = [];
  for (const item of items) {
    if (item.type === 'prompt') prompts.set(item.runId, item);
    if (item.type === 'run_end') {
      const prompt = prompts.get(item.runId);
      const isLatest = prompt !== undefined && prompt === lastPrompt;
      rows.push({ type: 'ending', item, facts: facts.get(item.runId) ?? NO_FACTS, prompt, isLatest });
      continue;
    }
    const isToldAtEnd =
      (item.type === 'error' || item.type === 'limit') && item.runId !== undefined && ended.has(item.runId);
    if (isToldAtEnd) {
      const known = facts.get(item.runId) ?? NO_FACTS;
      facts.set(item.runId, item.type === 'error' ? { ...known, error: item } : { ...known, limit: item });
    } else if (isShown(item)) rows.push({ type: 'item', item });
  }
  return rows;
}

const NO_FACTS: RunEndingFacts = { error: undefined, limit: undefined };

function isShown(item: ConversationItem): boolean {
  if (item.type === 'command_rejected') return !SILENT_REFUSALS.has(item.code);
  // While it waits it stands above the composer.
  if (item.type === 'permission' || item.type === 'elicitation') return item.resolution !== undefined;
  return item.type !== 'unknown';
}
