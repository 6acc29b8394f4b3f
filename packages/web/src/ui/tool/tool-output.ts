import { isStoredText, type MessageBlock, type StoredText, textOfBlock } from '@konui/client';
import { codeLanguage } from '../highlight/languages.ts';
import type { ToolFacts } from './tool-facts.ts';

/** What a tool call said or printed, in pieces that are shown one below the other. */
export type ToolOutput =
  | { readonly type: 'terminal'; readonly text: string }
  | { readonly type: 'code'; readonly text: string; readonly language: string }
  | { readonly type: 'stored'; readonly stored: StoredText };

/** Longer code is shown as windowed lines instead. */
const MAX_CODE = 20_000;

/** What stands in a tool call's content, its terminal and, where both say nothing, its raw output. */
export function toolOutputs(tool: Pick<ToolFacts, 'content' | 'output' | 'rawOutput'>): readonly ToolOutput[] {
  const said = tool.content.flatMap((part) => (part.type === 'content' ? blockOutputs(part.content) : []));
  const printed = tool.output.map((piece): ToolOutput =>
    typeof piece === 'string' ? { type: 'terminal', text: piece } : { type: 'stored', stored: piece },
  );
  const outputs = [...said, ...printed];
  if (outputs.length > 0 || tool.content.some(({ type }) => type === 'diff')) return outputs;
  const raw = rawText(tool.rawOutput);
  return raw === undefined ? [] : [raw];
}

function blockOutputs(block: MessageBlock): readonly ToolOutput[] {
  if (isStoredText(block)) return [{ type: 'stored', stored: block }];
  const text = textOfBlock(block);
  return text === undefined || text.trim() === '' ? [] : [textOutput(text)];
}

/** Some agents fence a tool's output: the fence says nothing to a reader, its word names the language. */
function textOutput(text: string): ToolOutput {
  const [, , word = '', inner] = /^\s*(`{3,})([^\n`]*)\n([^]*?)\n?\1\s*$/.exec(text) ?? [];
  if (inner === undefined) return { type: 'terminal', text };
  const language = codeLanguage(word) ?? '';
  const isCode = language !== '' && language !== 'bash' && inner.length <= MAX_CODE && !inner.includes('\u001b');
  return isCode ? { type: 'code', text: inner, language } : { type: 'terminal', text: inner };
}

/** Agents put what a command printed in different places of `rawOutput`. */
function rawText(rawOutput: unknown): ToolOutput | undefined {
  if (rawOutput === undefined || rawOutput === null || rawOutput === '') return undefined;
  if (typeof rawOutput === 'string') return { type: 'terminal', text: rawOutput };
  if (isStoredText(rawOutput)) return { type: 'stored', stored: rawOutput };
  if (typeof rawOutput === 'object') {
    const fields: Readonly<Record<string, unknown>> = { ...rawOutput };
    for (const name of ['formatted_output', 'aggregated_output', 'output', 'stdout', 'content']) {
      const value = fields[name];
      if (isStoredText(value)) return { type: 'stored', stored: value };
      if (typeof value === 'string' && value !== '') return { type: 'terminal', text: value };
    }
    if (Object.keys(rawOutput).length === 0) return undefined;
  }
  const text = JSON.stringify(rawOutput, undefined, 2);
  return text.length <= MAX_CODE ? { type: 'code', text, language: 'json' } : { type: 'terminal', text };
}
