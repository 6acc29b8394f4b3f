import type { Origin } from '@konui/protocol';
import type { RunEndItem } from '../conversation/items.ts';

/** Every word that an exported file says itself. */
export const EXPORT_WORDS = {
  agent: 'Agent',
  folder: 'Folder',
  exported: 'Exported',
  thought: 'Thought',
  tool: 'Tool call',
  input: 'Input',
  output: 'Output',
  image: 'Image',
  file: 'File',
  error: 'Error',
  limit: 'Quota used up',
  question: 'Question',
  permission: 'Permission',
  unanswered: 'not answered',
  shortened: (byteLength: number) => `… (${Math.ceil(byteLength / 1024)} KB in all, kept in the session)`,
  stopped: 'Stopped',
  finished: 'Finished',
  ended: (reason: string) => `Ended: ${reason}`,
} as const;

/** Who or what sent something. */
export function originWords(origin: Origin): string {
  switch (origin.type) {
    case 'person':
      return origin.user ?? 'You';
    case 'inject':
      return `Script: ${origin.name}`;
    case 'kontask':
      return 'Kontask';
    case 'schedule':
      return `Schedule: ${origin.name}`;
    case 'editor':
      return `Editor: ${origin.name}`;
    case 'system':
      return 'Konui';
  }
}

export function endWords({ aborted, success, stopReason }: RunEndItem): string {
  if (aborted) return EXPORT_WORDS.stopped;
  return success && stopReason === 'end_turn' ? EXPORT_WORDS.finished : EXPORT_WORDS.ended(stopReason);
}
