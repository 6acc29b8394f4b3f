import type { ReactNode } from 'react';
import { isStoredText, type MessageBlock, textOfBlock } from '@konui/client';
import * as en from '../../text/en.ts';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { Picture } from '../../ui/picture.tsx';
import { StoredTextView } from '../../ui/stored-text-view.tsx';
import { contentFacts } from './content-facts.ts';
import { FileChip } from './file-chip.tsx';

/** One content block of a message: text, a picture, or the name of whatever else it is. */
export function MessagePart({ block, isFinished }: { block: MessageBlock; isFinished: boolean }): ReactNode {
  const text = textOfBlock(block);
  if (text !== undefined) return <Markdown text={text} isFinished={isFinished} />;
  if (isStoredText(block)) return <StoredTextView {...block} label={en.conversation.longText} />;
  if (block.type === 'image') {
    const { attachment, data, alt } = { attachment: undefined, data: undefined, alt: undefined, ...block };
    return <Picture attachment={toText(attachment)} data={toText(data)} alt={toText(alt)} />;
  }
  return <FileChip facts={contentFacts(block)} />;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
