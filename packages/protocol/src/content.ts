import { z } from 'zod';
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
  byteLength: z.int().nonnegative(),
});
export type StoredImage = z.infer<typeof StoredImage>;
/** A file whose bytes lie in the session's attachments; the agent gets it as an ACP resource. */
export const StoredFile = z.looseObject({
  type: z.literal('file'),
  name: z.string().min(1).max(255),
  mimeType: z.string().max(255),
  attachment: Sha256,
  byteLength: z.int().nonnegative(),
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
  z
    .string()
    .min(1, 'must not be empty')
    .transform((text): ContentBlock[] => [{ type: 'text', text }]),
  z.array(ContentBlock).min(1, 'must not be empty').max(64),
]);

/** Image types that agents accept; others are refused with ATTACHMENT_TYPE. */
export const IMAGE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** The text of content blocks, for titles and lists. */
export function textOf(content: readonly ContentBlock[]): string {
  return content
    .map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .filter((text) => text !== '')
    .join('\n');
}
