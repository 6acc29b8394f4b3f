import { memo, type ReactNode } from 'react';
import type { Origin, StoredContentBlock } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { originText } from '../../ui/origin-text.ts';
import { Picture } from '../../ui/picture.tsx';
import { showControls } from '../../ui/show-controls.ts';
import { contentFacts } from './content-facts.ts';
import { FileChip } from './file-chip.tsx';
import { RowMenu } from './row-menu.tsx';

/** A block of a prompt, stored or still on its way there (then an image carries its bytes). */
export type PromptBlock = StoredContentBlock | { readonly type: string; readonly [field: string]: unknown };

interface PromptBubbleProps {
  readonly origin: Origin | undefined;
  readonly content: readonly PromptBlock[];
  readonly seq?: number;
  /** What becomes of it, while it is not in the log. */
  readonly note?: ReactNode;
}

/** What a person, or whatever acts for one, asked. */
export const PromptBubble = memo(function PromptBubble({ origin, content, seq, note }: PromptBubbleProps): ReactNode {
  return (
    <div className={`prompt ${note === undefined ? '' : 'pending'}`} data-testid="prompt" data-seq={seq}>
      <p className="prompt-origin">
        {origin === undefined ? en.origin.you : originText(origin)}
        {note !== undefined && <> · {note}</>}
      </p>
      {content.map((block, index) => (
        <PromptPart key={index} block={block} />
      ))}
      {seq !== undefined && <RowMenu seq={seq} text={sourceOf(content)} />}
    </div>
  );
});

function PromptPart({ block }: { block: PromptBlock }): ReactNode {
  if (block.type === 'text' && 'text' in block)
    return (
      <p className="prompt-text" dir="auto">
        {showControls(String(block.text))}
      </p>
    );
  if (block.type === 'image') return <Picture attachment={textIn(block, 'attachment')} data={textIn(block, 'data')} />;
  return <FileChip facts={contentFacts(block)} />;
}

function textIn(block: PromptBlock, field: string): string | undefined {
  const value: unknown = block[field];
  return typeof value === 'string' ? value : undefined;
}

function sourceOf(content: readonly PromptBlock[]): string {
  return content.flatMap((block) => (block.type === 'text' ? (textIn(block, 'text') ?? []) : [])).join('\n\n');
}
