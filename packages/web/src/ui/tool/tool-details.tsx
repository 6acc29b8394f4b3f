import { Fragment, type ReactNode, useState } from 'react';
import type { ToolContent } from '@konui/client';
import * as en from '../../text/en.ts';
import { CodeBlock } from '../code-block.tsx';
import { OutputView } from '../output-view.tsx';
import { showControls } from '../show-controls.ts';
import { StoredTextView } from '../stored-text-view.tsx';
import { ToolDiff } from './tool-diff.tsx';
import type { ToolFacts } from './tool-facts.ts';
import { type ToolInput, toolInput } from './tool-input.ts';
import { type ToolOutput, toolOutputs } from './tool-output.ts';

interface ToolDetailsProps {
  readonly tool: ToolFacts;
  /** Changes show their first lines only, and the raw data is left out: where an answer is what matters. */
  readonly isShort?: boolean;
}

/** Input, places, changes and output of a tool call, and all of it as it came. */
export function ToolDetails({ tool, isShort = false }: ToolDetailsProps): ReactNode {
  const input = toolInput(tool);
  const outputs = toolOutputs(tool);
  const locations = tool.locations.filter(
    ({ path }) => !tool.content.some((part) => part.type === 'diff' && part.path === path),
  );
  const isEmpty = input === undefined && outputs.length === 0 && tool.content.length === 0 && locations.length === 0;
  return (
    <div className="tool-details">
      {input !== undefined && <InputView input={input} />}
      {locations.length > 0 && <Locations locations={locations} />}
      {tool.content.map((content, index) => (
        <Fragment key={index}>{changeNode(content, isShort)}</Fragment>
      ))}
      {outputs.map((output, index) => (
        <Fragment key={index}>{outputNode(output, index === outputs.length - 1 ? tool.exit : undefined)}</Fragment>
      ))}
      {outputs.length === 0 && tool.exit !== undefined && <p className="soft">{exitText(tool.exit)}</p>}
      {isEmpty && <p className="soft">{en.tool.noDetails}</p>}
      {!isShort && <RawView tool={tool} />}
    </div>
  );
}

function InputView({ input }: { input: ToolInput }): ReactNode {
  switch (input.type) {
    case 'command':
      return (
        <CodeBlock
          text={input.text}
          language="bash"
          label={input.folder === undefined ? en.tool.command : `${en.tool.command} · ${input.folder}`}
        />
      );
    case 'fields':
      return (
        <dl className="tool-fields">
          {input.fields.map(({ name, value, isCode }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{isCode ? <code>{value}</code> : value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'json':
      return <CodeBlock text={input.text} language="json" label={en.tool.input} />;
  }
}

function Locations({ locations }: { locations: ToolFacts['locations'] }): ReactNode {
  return (
    <ul className="tool-locations" aria-label={en.tool.locations}>
      {locations.map(({ path, line }, index) => (
        <li key={index}>
          <code>
            <bdi>{showControls(path)}</bdi>
            {typeof line === 'number' && `:${line}`}
          </code>
        </li>
      ))}
    </ul>
  );
}

function outputNode(output: ToolOutput, exit: ToolFacts['exit']): ReactNode {
  const note = exit === undefined ? undefined : exitText(exit);
  switch (output.type) {
    case 'terminal':
      return <OutputView text={output.text} label={en.tool.output} note={note} />;
    case 'code':
      return <CodeBlock text={output.text} language={output.language} label={en.tool.output} />;
    case 'stored':
      return <StoredTextView {...output.stored} label={en.tool.output} />;
  }
}

function changeNode(content: ToolContent, isShort: boolean): ReactNode {
  switch (content.type) {
    case 'diff':
      return <ToolDiff path={content.path} oldText={content.oldText} newText={content.newText} isShort={isShort} />;
    case 'content':
    case 'terminal':
      return null;
  }
}

/** The call as the agent sent it, made only when it is asked for. */
function RawView({ tool }: { tool: ToolFacts }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="tool-raw" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{en.tool.raw}</summary>
      {isOpen && <OutputView text={showControls(JSON.stringify(tool, undefined, 2))} label={en.tool.raw} />}
    </details>
  );
}

function exitText({ exitCode, signal }: { exitCode: number | null; signal: string | null }): string {
  return signal === null ? en.tool.exitCode(exitCode ?? 0) : en.tool.exitSignal(signal);
}
