import { memo, type ReactNode, useRef } from 'react';
import { Block } from './block.tsx';
import { type MarkdownProgress, splitMarkdown } from './markdown-blocks.ts';

/** Markdown that may still be growing; `isFinished` once no more text comes. */
export const Markdown = memo(function Markdown({ text, isFinished }: { text: string; isFinished: boolean }): ReactNode {
  const progress = useRef<MarkdownProgress | undefined>(undefined);
  progress.current = splitMarkdown(text, isFinished, progress.current);
  return (
    <div className="markdown">
      {progress.current.blocks.map((block) => (
        <Block key={block.key} block={block} />
      ))}
    </div>
  );
});
