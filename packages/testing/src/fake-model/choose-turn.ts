import type { ModelRequest } from './model-request.ts';
import { ScenarioParams, type Step, type Turn } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { sampleOf } from './structured-sample.ts';

export type ChosenTurn = { scenario: string; turn: number; steps: Turn };

/** How often each failing step was reached, by marker and turn: for `times`. */
export type FailureCounts = Map<string, number>;

const MARKER = /\[\[(\w+)(?:\s+(\{.*?\}))?\]\]/gs;

/**
 * Chooses what the model does with a request.
 *
 * The last marker in what the user wrote names the scenario; the turn is the number of answers since. So the server
 * keeps no conversation, a scenario goes on after an agent's restart, and sessions do not disturb each other.
 */
export function chooseTurn(request: ModelRequest, counts: FailureCounts): ChosenTurn {
  if (request.tools.length === 0 || request.answerSchema !== undefined) return sideQuestion(request);
  const marked = lastMarker(request);
  const scenario = marked && scenarios[marked.name];
  if (!marked || !scenario) return { scenario: 'default', turn: 0, steps: [{ do: 'text', text: 'ok' }] };

  const turn = countAnswers(request, marked.at);
  const steps = scenario(marked.params)[turn] ?? [{ do: 'text', text: 'done' }];
  return {
    scenario: marked.name,
    turn,
    steps: steps.filter((step) => isDue(step, `${marked.text}#${turn}`, counts)).map((step) => fillIn(step, request)),
  };
}

/** Agents also ask for titles, suggestions and classifications: without tools, or for an answer in JSON. */
function sideQuestion({ answerSchema }: ModelRequest): ChosenTurn {
  const text = answerSchema === undefined ? 'Fake title' : JSON.stringify(sampleOf(answerSchema, 'Fake title'));
  return { scenario: 'side question', turn: 0, steps: [{ do: 'text', text }] };
}

type Marker = { at: number; text: string; name: string; params: ScenarioParams };

function lastMarker({ items }: ModelRequest): Marker | undefined {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item?.role !== 'user') continue;
    const [text, name, params] = [...item.text.matchAll(MARKER)].at(-1) ?? [];
    if (text !== undefined && name !== undefined) {
      return { at, text, name, params: ScenarioParams.parse(JSON.parse(params ?? '{}')) };
    }
  }
  return undefined;
}

/** An answer may be several items in a row (reasoning, text, a tool call). */
const countAnswers = ({ items }: ModelRequest, after: number): number =>
  items.filter((item, at) => at > after && item.role === 'assistant' && items[at - 1]?.role !== 'assistant').length;

function isDue(step: Step, key: string, counts: FailureCounts): boolean {
  if (step.do !== 'fail' || step.times === undefined) return true;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count <= step.times;
}

function fillIn(step: Step, { items }: ModelRequest): Step {
  if (step.do !== 'text') return step;
  const values: Record<string, string | number> = {
    images: items.reduce((sum, item) => sum + (item.images ?? 0), 0),
    lastTool: (items.findLast((item) => item.role === 'tool')?.text ?? '').slice(0, 200),
    userTurns: items.filter((item) => item.role === 'user').length,
    assistantTurns: items.filter((item) => item.role === 'assistant').length,
  };
  return { ...step, text: step.text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole)) };
}
