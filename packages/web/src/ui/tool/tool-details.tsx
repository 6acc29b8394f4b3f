import { Fragment, lazy, type ReactNode, Suspense } from 'react';
import { isStoredText, type MessageBlock, type StoredText, textOfBlock, type ToolContent } from '@konui/client';
import { en } from '../../text/en.ts';
import { CodeBlock } from '../code-block.tsx';
import { plainOutput, withoutFence } from '../plain-output.ts';
import { StoredTextView } from '../stored-text-view.tsx';
import { commandOf, inputText, type ToolFacts } from './tool-facts.ts';

const DiffView = lazy(async () => ({ default: (await import('../diff/diff-view.tsx')).DiffView }));

/** The end of a long output says most; the whole stays in the session's log. */
const MAX_OUTPUT = 40_000;

/** Input, changes and output of a tool call. */
export function ToolDetails({ tool }: { tool: ToolFacts }): ReactNode {
  const input = inputText(tool);
  const output = outputText(tool);
  const isEmpty = input === undefined && output === '' && tool.content.length === 0;
  return (
    <div className="tool-details">
      {input !== undefined && (
        <CodeBlock text={input} label={commandOf(tool.rawInput) === undefined ? en.tool.input : en.tool.command} />
      )}
      {tool.content.map((content, index) => (
        <Fragment key={index}>{contentNode(content)}</Fragment>
      ))}
      {output !== '' && <CodeBlock text={output} label={en.tool.output} />}
      {tool.output.map(
        (piece, index) => typeof piece !== 'string' && <StoredTextView key={index} {...piece} label={en.tool.output} />,
      )}
      {tool.exit !== undefined && <p className="soft">{exitText(tool.exit)}</p>}
      {isEmpty && <p className="soft">{en.tool.noDetails}</p>}
    </div>
  );
}

function contentNode(content: ToolContent): ReactNode {
  switch (content.type) {
    case 'diff':
      return <ToolDiff path={content.path} oldText={content.oldText} newText={content.newText} />;
    case 'content': {
      const block = content.content;
      if (isStoredText(block)) return <StoredTextView {...block} label={en.tool.output} />;
      const text = blockText(block);
      return text === '' ? null : <CodeBlock text={text} label={en.tool.output} />;
    }
    case 'terminal':
      return null;
  }
}

function ToolDiff({
  path,
  oldText,
  newText,
}: {
  path: string;
  oldText: string | StoredText | null;
  newText: string | StoredText;
}): ReactNode {
  const before = oldText ?? '';
  if (typeof before !== 'string' || typeof newText !== 'string') {
    const bytes = [before, newText].reduce(
      (sum, text) => sum + (typeof text === 'string' ? text.length : text.byteLength),
      0,
    );
    return <p className="soft">{en.diff.tooLarge(path, Math.round(bytes / 1024))}</p>;
  }
  return (
    <Suspense fallback={<p className="soft">{path}</p>}>
      <DiffView path={path} oldText={before} newText={newText} />
    </Suspense>
  );
}

function blockText(block: MessageBlock): string {
  return withoutFence(plainOutput(textOfBlock(block) ?? ''));
}

function outputText(tool: ToolFacts): string {
  const printed = tool.output.filter((piece) => typeof piece === 'string').join('');
  const raw = printed === '' && tool.content.length === 0 ? rawOutputText(tool.rawOutput) : printed;
  const text = plainOutput(raw);
  return text.length <= MAX_OUTPUT ? text : `…${text.slice(-MAX_OUTPUT)}`;
}

/** Agents put what a command printed in different places of `rawOutput`. */
function rawOutputText(rawOutput: unknown): string {
  if (rawOutput === undefined || rawOutput === null) return '';
  if (typeof rawOutput === 'string') return rawOutput;
  if (typeof rawOutput === 'object') {
    const fields: Readonly<Record<string, unknown>> = { ...rawOutput };
    for (const name of ['formatted_output', 'aggregated_output', 'output', 'stdout', 'content']) {
      const value = fields[name];
      if (typeof value === 'string' && value !== '') return value;
    }
  }
  return JSON.stringify(rawOutput, undefined, 2);
}

function exitText({ exitCode, signal }: { exitCode: number | null; signal: string | null }): string {
  return signal === null ? en.tool.exitCode(exitCode ?? 0) : en.tool.exitSignal(signal);
}
