import { plainOutput } from '../plain-output.ts';
import { showControls } from '../show-controls.ts';
import type { ToolFacts } from './tool-facts.ts';
import { toolOutputs } from './tool-output.ts';

const MAX_LINES = 5;
/** Five wide lines with their colours; a longer line is cut off at its right anyway. */
const MAX_CHARACTERS = 2_000;

/** The last lines that a call has printed, as plain text; none where its output is kept elsewhere or is no text. */
export function tailOf(tool: Pick<ToolFacts, 'content' | 'output' | 'rawOutput'>): readonly string[] {
  const last = toolOutputs(tool).at(-1);
  if (last?.type !== 'terminal') return [];
  const end = last.text.trimEnd();
  const lines = plainOutput(end.slice(-MAX_CHARACTERS)).split('\n');
  // The first may be the rest of a line, or of an escape sequence.
  const whole = end.length > MAX_CHARACTERS && lines.length > 1 ? lines.slice(1) : lines;
  return end === '' ? [] : whole.slice(-MAX_LINES).map((line) => showControls(line));
}
