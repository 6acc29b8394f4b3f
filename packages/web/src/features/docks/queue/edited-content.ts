import type { PromptInput } from '@konui/client';
import { type QueuedPrompt, textOf } from '@konui/protocol';

/** What of a prompt can be edited in place. */
export function editableText({ content }: Pick<QueuedPrompt, 'content'>): string {
  return textOf([...content]);
}

/** The prompt with other words; its images and files stay. Undefined where nothing would be left. */
export function editedContent({ content }: Pick<QueuedPrompt, 'content'>, text: string): PromptInput | undefined {
  const others = content.filter(({ type }) => type !== 'text');
  const words = text.trim() === '' ? [] : [{ type: 'text' as const, text: text.trim() }];
  const edited = [...words, ...others];
  return edited.length === 0 ? undefined : edited;
}

/** How many parts of a prompt are no text. */
export function attachmentCount({ content }: Pick<QueuedPrompt, 'content'>): number {
  return content.filter(({ type }) => type !== 'text').length;
}
