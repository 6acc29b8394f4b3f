import { memo, type ReactNode, useRef } from 'react';
import { useShownCount } from '../use-shown-count.tsx';
import { Block } from './block.tsx';
import { type MarkdownProgress, splitMarkdown } from './markdown-blocks.ts';

/** A message with more blocks is shown in parts. */
const FIRST_BLOCKS = 1500;

/** Markdown that may still be growing; `isFinished` once no more text comes. */
export const Markdown = memo(function Markdown({ text, isFinished }: { text: string; isFinished: boolean }): ReactNode {
  const progress = useRef<MarkdownProgress | undefined>(undefined);
  progress.current = splitMarkdown(text, isFinished, progress.current);
  const { blocks } = progress.current;
  const { count, more } = useShownCount(blocks.length, FIRST_BLOCKS);
  return (
    <div className="markdown">
      {blocks.slice(0, count).map((block) => (
        <Block key={block.key} block={block} />
      ))}
      {more}
    </div>
  );
});
