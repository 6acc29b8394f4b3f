import { memo, type ReactNode } from 'react';
import type { Origin, StoredContentBlock } from '@konui/protocol';
import { en } from '../../text/en.ts';
import { originText } from '../../ui/origin-text.ts';
import { StoredImageView } from './stored-image-view.tsx';

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
    </div>
  );
});

function PromptPart({ block }: { block: PromptBlock }): ReactNode {
  if (block.type === 'text' && 'text' in block) return <p className="prompt-text">{String(block.text)}</p>;
  if (block.type === 'image' && typeof block['attachment'] === 'string')
    return <StoredImageView sha256={block['attachment']} />;
  if (block.type === 'image' && typeof block['data'] === 'string') {
    return (
      <img
        className="prompt-image"
        src={`data:${String(block['mimeType'])};base64,${block['data']}`}
        alt={en.conversation.image}
      />
    );
  }
  if (block.type === 'resource_link') return <p className="chip">{String(block['name'] ?? block['uri'])}</p>;
  return <p className="chip">{en.conversation.resource}</p>;
}
