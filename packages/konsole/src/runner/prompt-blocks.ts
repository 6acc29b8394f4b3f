import { isUtf8 } from 'node:buffer';
import { LIMITS, type StoredContentBlock } from '@konui/protocol';
import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** A longer text is read by the agent itself, where and as far as it needs it. */
const MAX_EMBEDDED_BYTES = 256 * 1024;
const AUDIO_TYPE = /^audio\//;

export interface PromptBlocksOptions {
  readonly attachmentPath: (sha256: string) => string;
  /** The attachment under a name of its own. */
  readonly nameFile: (sha256: string, name: string) => string;
  /** ACP `promptCapabilities` of the agent. */
  readonly accepts: Readonly<Record<string, unknown>>;
  /** Something reaches the agent in another form than it was sent. */
  readonly onDowngrade: (what: string) => void;
}

/** A prompt's content as ACP wants it and the agent takes it: bytes inline, text embedded, or a link to a file (SPEC ATT4). */
export function toAcpBlocks(content: readonly StoredContentBlock[], options: PromptBlocksOptions): unknown[] {
  return content.map((block) => toAcpBlock(block, options));
}

function toAcpBlock(block: StoredContentBlock, options: PromptBlocksOptions): unknown {
  const { attachmentPath, accepts, onDowngrade } = options;
  const sha256 = block['attachment'];
  if (typeof sha256 !== 'string') return block;
  const mimeType = String(block['mimeType']);
  if (block.type === 'image') {
    if (accepts['image'] === true) return { type: 'image', mimeType, data: readBase64(attachmentPath(sha256)) };
    onDowngrade('an image, as a link: the agent takes none inline');
    return toLink({ sha256, name: `image.${mimeType.split('/').at(-1) ?? 'bin'}`, mimeType }, options);
  }
  if (block.type !== 'file') return block;
  const name = String(block['name']);
  const path = attachmentPath(sha256);
  const { size } = statSync(path);
  if (AUDIO_TYPE.test(mimeType) && accepts['audio'] === true && size <= LIMITS.maxImageBytes) {
    return { type: 'audio', mimeType, data: readBase64(path) };
  }
  if (accepts['embeddedContext'] === true && size <= MAX_EMBEDDED_BYTES) {
    const bytes = readFileSync(path);
    // A NUL is valid UTF-8, and in no text.
    if (isUtf8(bytes) && !bytes.includes(0)) {
      const uri = pathToFileURL(options.nameFile(sha256, name)).href;
      return { type: 'resource', resource: { uri, mimeType, text: bytes.toString('utf8') } };
    }
  }
  return toLink({ sha256, name, mimeType }, options);
}

function toLink(
  { sha256, name, mimeType }: { sha256: string; name: string; mimeType: string },
  { attachmentPath, nameFile }: PromptBlocksOptions,
): unknown {
  const { size } = statSync(attachmentPath(sha256));
  return { type: 'resource_link', uri: pathToFileURL(nameFile(sha256, name)).href, name, mimeType, size };
}

function readBase64(path: string): string {
  return readFileSync(path).toString('base64');
}
