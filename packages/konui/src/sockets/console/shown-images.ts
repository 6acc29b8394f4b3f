import { type ConsoleImage, isRecord, StoredImage } from '@konui/protocol';

/** The images of content blocks, as an event has them: one block, a list, or what a tool call shows (SPEC ATT5). */
export function shownImages(content: unknown, sessionId: string): ConsoleImage[] {
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [content];
  return blocks.flatMap((block) => {
    const image = StoredImage.safeParse(isRecord(block) && block['type'] === 'content' ? block['content'] : block).data;
    if (image === undefined) return [];
    const { attachment, mimeType, byteLength } = image;
    const url = `/api/providers/sessions/${sessionId}/attachments/${attachment}`;
    return [{ attachment, mimeType, byteLength, url }];
  });
}

/** The field of a message that shows images; none where there are none. */
export function imagesField(images: readonly ConsoleImage[]): { images?: ConsoleImage[] } {
  return images.length === 0 ? {} : { images: [...images] };
}
