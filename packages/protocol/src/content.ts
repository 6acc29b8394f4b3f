import * as z from 'zod/mini';
import { Sha256 } from './ids.ts';

const TextBlock = z.looseObject({ type: z.literal('text'), text: z.string() });
const InlineImage = z.looseObject({
  type: z.literal('image'),
  mimeType: z.string(),
  data: z.base64(),
});
/** An image whose bytes lie in the session's attachments; the host makes it of every inline one. */
export const StoredImage = z.looseObject({
  type: z.literal('image'),
  mimeType: z.string(),
  attachment: Sha256,
  byteLength: z.int().check(z.nonnegative()),
});
export type StoredImage = z.infer<typeof StoredImage>;
/** A file whose bytes lie in the session's attachments; the agent gets it as an ACP resource. */
export const StoredFile = z.looseObject({
  type: z.literal('file'),
  name: z.string().check(z.minLength(1), z.maxLength(255)),
  mimeType: z.string().check(z.maxLength(255)),
  attachment: Sha256,
  byteLength: z.int().check(z.nonnegative()),
});
export type StoredFile = z.infer<typeof StoredFile>;
const ResourceLink = z.looseObject({ type: z.literal('resource_link'), uri: z.string(), name: z.string() });
const EmbeddedResource = z.looseObject({ type: z.literal('resource'), resource: z.looseObject({ uri: z.string() }) });

/** A content block as the Agent Client Protocol defines it (ACP, "Content"), from a sender. */
export const ContentBlock = z.union([TextBlock, StoredImage, InlineImage, StoredFile, ResourceLink, EmbeddedResource]);
export type ContentBlock = z.infer<typeof ContentBlock>;

/** A content block as it stands in a log: no image bytes. */
export const StoredContentBlock = z.union([TextBlock, StoredImage, StoredFile, ResourceLink, EmbeddedResource]);
export type StoredContentBlock = z.infer<typeof StoredContentBlock>;

/** What a prompt may carry: a string or content blocks. */
export const PromptContent = z.union([
  z.pipe(
    z.string().check(z.minLength(1, 'must not be empty')),
    z.transform((text): ContentBlock[] => [{ type: 'text', text }]),
  ),
  z.array(ContentBlock).check(z.minLength(1, 'must not be empty'), z.maxLength(64)),
]);

/** An image that a prompt of the console socket, or an injected one, carries: its bytes, or where they lie already. */
export const PromptImage = z.union([
  z.object({ mimeType: z.string().check(z.maxLength(100)), data: z.base64() }),
  /** Of the prompt's session; the host tells the type from the bytes. */
  z.object({ attachment: Sha256 }),
]);
export type PromptImage = z.infer<typeof PromptImage>;

/** One text and 63 images are as much as a prompt carries. */
export const MAX_PROMPT_IMAGES = 63;

/** The content blocks of a text with images; an empty text is none. */
export function toPromptContent(text: string, images: readonly PromptImage[]): ContentBlock[] {
  const blocks = images.map((image): ContentBlock =>
    'data' in image
      ? { type: 'image', ...image }
      : // The host fills in what the bytes say (SPEC ATT3).
        { type: 'image', mimeType: 'application/octet-stream', attachment: image.attachment, byteLength: 0 },
  );
  return text === '' ? blocks : [{ type: 'text', text }, ...blocks];
}

/** Image types that agents accept; others are refused with ATTACHMENT_TYPE. */
export const IMAGE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** The text of content blocks, for titles and lists. */
export function textOf(content: readonly ContentBlock[]): string {
  return content
    .map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .filter((text) => text !== '')
    .join('\n');
}
