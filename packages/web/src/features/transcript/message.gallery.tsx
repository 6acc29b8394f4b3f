import type { MessageItem } from '@konui/client';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { AttachmentContext } from '../../ui/attachments.ts';
import { HOSTILE_TEXT } from '../../ui/markdown/hostile-text.ts';
import { MessageView } from './message-view.tsx';
import { PromptBubble } from './prompt-bubble.tsx';

const at = '2026-03-01T12:00:00.000Z';
const message = (content: MessageItem['content'], type: MessageItem['type'] = 'message'): MessageItem => ({
  type,
  key: 7,
  at,
  runId: 'r',
  messageId: undefined,
  content,
});
const text = (words: string) => ({ type: 'text', text: words });

/** 2 × 2 pixels. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGM0Sf7PwMDAxAADMAYAFSQBvCUMzVQAAAAASUVORK5CYII=';

export const gallery = defineGallery({
  name: 'message',
  states: {
    answer: () => <MessageView item={message([text('Done: **3 files** changed.')])} isGrowing={false} />,
    picture: () => (
      <MessageView
        item={message([text('The page now:'), { type: 'image', data: PNG, alt: 'The page' }])}
        isGrowing={false}
      />
    ),
    'picture-that-is-none': () => (
      <MessageView
        item={message([{ type: 'image', mimeType: 'image/svg+xml', data: btoa('<svg onload="x"/>') }])}
        isGrowing={false}
      />
    ),
    'picture-that-fails': () => (
      <AttachmentContext.Provider value={() => Promise.reject(new Error('gone'))}>
        <MessageView item={message([{ type: 'image', attachment: 'a'.repeat(64) }])} isGrowing={false} />
      </AttachmentContext.Provider>
    ),
    files: () => (
      <MessageView
        item={message([
          { type: 'resource_link', name: 'report.md', uri: 'file:///src/report.md', size: 20480 },
          { type: 'resource', resource: { uri: 'file:///src/a.ts', text: 'export const a = 1;' } },
          { type: 'audio', mimeType: 'audio/wav', data: 'AAAA' },
        ])}
        isGrowing={false}
      />
    ),
    thought: () => (
      <MessageView
        item={message([text('**Reading the parser**\n\nIt keeps what it does not know.')], 'thought')}
        isGrowing={false}
        until="2026-03-01T12:00:12.000Z"
      />
    ),
    prompt: () => (
      <PromptBubble origin={{ type: 'person' }} content={[{ type: 'text', text: 'Fix the parser.' }]} seq={1} />
    ),
    'prompt-origins': () => (
      <>
        <PromptBubble origin={{ type: 'person', device: 'Phone' }} content={[{ type: 'text', text: 'One' }]} seq={1} />
        <PromptBubble
          origin={{ type: 'inject', name: 'nightly.sh' }}
          content={[{ type: 'text', text: 'Two' }]}
          seq={2}
        />
        <PromptBubble
          origin={{ type: 'kontask', kontaskId: 'k' }}
          content={[{ type: 'text', text: 'Three' }]}
          seq={3}
        />
        <PromptBubble
          origin={{ type: 'schedule', name: 'weekly' }}
          content={[{ type: 'text', text: 'Four' }]}
          seq={4}
        />
        <PromptBubble origin={{ type: 'editor', name: 'Zed' }} content={[{ type: 'text', text: 'Five' }]} seq={5} />
      </>
    ),
    hostile: () => (
      <>
        <PromptBubble
          origin={{ type: 'inject', name: HOSTILE_TEXT.slice(0, 150) }}
          content={[{ type: 'text', text: HOSTILE_TEXT }]}
          seq={1}
        />
        <MessageView
          item={message([text(HOSTILE_TEXT), { type: 'resource_link', name: 'name'.repeat(200), uri: 'javascript:x' }])}
          isGrowing={false}
        />
        <MessageView item={message([text(HOSTILE_TEXT)], 'thought')} isGrowing={false} />
      </>
    ),
  },
});
