import { lazy, type ReactNode, Suspense } from 'react';
import { CodeBlock } from './code-block.tsx';
import { plainOutput } from './plain-output.ts';

const TerminalView = lazy(async () => ({ default: (await import('./terminal-text/terminal-view.tsx')).TerminalView }));

/** As much as fills the view while its part of the app is loaded, in characters. */
const MAX_WAITING = 2_000;

interface OutputViewProps {
  readonly text: string;
  readonly label: string;
  readonly note?: string | undefined;
}

/** Output of a program, with its colours. What draws them is loaded with the first output. */
export function OutputView({ text, label, note }: OutputViewProps): ReactNode {
  return (
    <Suspense fallback={<CodeBlock text={plainOutput(text.slice(-MAX_WAITING))} label={label} />}>
      <TerminalView text={text} label={label} note={note} />
    </Suspense>
  );
}
