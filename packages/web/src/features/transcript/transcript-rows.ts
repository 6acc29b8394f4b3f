import type { ConversationItem, PromptItem, RunEndItem, ToolItem } from '@konui/client';
import type { RunEndingFacts } from './run-ending.ts';
import type { ToolStep } from './tool-group-facts.ts';

/** What the transcript draws for an item; `ending` holds what else is known about a run's end. */
export type TranscriptRow =
  | { readonly type: 'item'; readonly item: Exclude<ConversationItem, RunEndItem | ToolItem> }
  /** Tool calls of one run that followed each other, with the answers that let them run; often only one. */
  | {
      readonly type: 'group';
      /** The first of them: it names the group for ever. */
      readonly item: ToolItem;
      readonly steps: readonly ToolStep[];
      /** Their run has ended. */
      readonly isOver: boolean;
    }
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
  const list = new RowList(ended);
  for (const item of items) {
    if (item.type === 'prompt') prompts.set(item.runId, item);
    if (item.type === 'run_end') {
      const prompt = prompts.get(item.runId);
      const isLatest = prompt !== undefined && prompt === lastPrompt;
      list.push({ type: 'ending', item, facts: facts.get(item.runId) ?? NO_FACTS, prompt, isLatest });
      continue;
    }
    const isToldAtEnd =
      (item.type === 'error' || item.type === 'limit') && item.runId !== undefined && ended.has(item.runId);
    if (isToldAtEnd) {
      const known = facts.get(item.runId) ?? NO_FACTS;
      facts.set(item.runId, item.type === 'error' ? { ...known, error: item } : { ...known, limit: item });
    } else if (isShown(item)) list.pushItem(item);
  }
  return list.rows;
}

/** A row that would be drawn as it is already. Rows are made anew with every event, items that have not changed are not. */
export function isSameRow(one: TranscriptRow, other: TranscriptRow): boolean {
  if (one.type !== 'group' || other.type !== 'group') return one.item === other.item;
  return (
    one.isOver === other.isOver &&
    one.steps.length === other.steps.length &&
    one.steps.every((step, index) => step === other.steps[index])
  );
}

type ShownItem = Exclude<ConversationItem, RunEndItem>;

/** A list of rows to which items are added. */
class RowList {
  readonly rows: TranscriptRow[] = [];
  readonly #ended: ReadonlySet<string | undefined>;
  /** The steps of the last row, where that is a group. */
  #steps: ToolStep[] | undefined;

  constructor(ended: ReadonlySet<string | undefined>) {
    this.#ended = ended;
  }

  push(row: TranscriptRow): void {
    this.#steps = undefined;
    this.rows.push(row);
  }

  pushItem(item: ShownItem): void {
    const goesOn = this.#steps !== undefined && this.rows.at(-1)?.item.runId === item.runId;
    if (goesOn && (item.type === 'tool' || item.type === 'permission')) this.#steps?.push(item);
    else if (item.type === 'tool') {
      const steps: ToolStep[] = [item];
      this.push({ type: 'group', item, steps, isOver: item.runId === undefined || this.#ended.has(item.runId) });
      this.#steps = steps;
    } else this.push({ type: 'item', item });
  }
}

const NO_FACTS: RunEndingFacts = { error: undefined, limit: undefined };

function isShown(item: ConversationItem): boolean {
  if (item.type === 'command_rejected') return !SILENT_REFUSALS.has(item.code);
  // While it waits it stands above the composer.
  if (item.type === 'permission' || item.type === 'elicitation') return item.resolution !== undefined;
  return item.type !== 'unknown';
}
