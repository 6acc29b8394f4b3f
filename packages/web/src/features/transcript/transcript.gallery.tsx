import { type ReactNode, useRef } from 'react';
import type { ConversationItem } from '@konui/client';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { Transcript } from './transcript.tsx';

const at = '2026-03-01T12:00:00.000Z';

const conversation = (count: number): readonly ConversationItem[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'message',
    key: index + 1,
    at,
    runId: 'r',
    messageId: `${index}`,
    content: [{ type: 'text', text: `Message **${index + 1}**\n\n${'Some words of it. '.repeat((index * 7) % 30)}` }],
  }));

const LONG = conversation(400);
const SHORT = conversation(3);

function Frame({ items, moment }: { items: readonly ConversationItem[]; moment?: number }): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <main className="transcript-frame">
      <Transcript scrollerRef={scroller} items={items} isRunning={false} onTryAgain={() => undefined} at={moment}>
        {null}
      </Transcript>
    </main>
  );
}

export const gallery = defineGallery({
  name: 'transcript',
  isAlone: true,
  states: {
    short: () => <Frame items={SHORT} />,
    long: () => <Frame items={LONG} />,
    moment: () => <Frame items={LONG} moment={37} />,
  },
});
