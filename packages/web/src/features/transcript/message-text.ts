import { type MessageBlock, textOfBlock } from '@konui/client';

/** The source of a message: what its author wrote, as Markdown. */
export function messageText(content: readonly MessageBlock[]): string {
  return content.flatMap((block) => textOfBlock(block) ?? []).join('\n\n');
}

const MAX_SUMMARY = 160;

/** The first line that says something, without Markdown's marks. */
export function thoughtSummary(text: string): string {
  const line = /^.*[\p{L}\p{N}].*$/mu.exec(text.slice(0, 2000))?.[0] ?? '';
  return line
    .replace(/^[\s#>*-]+|[*_`]+/g, '')
    .trim()
    .slice(0, MAX_SUMMARY);
}
