import type { ContentBlock } from '@agentclientprotocol/sdk';
import type { Turn } from '../turn.ts';

/** Says what came with the prompt beside its text. */
export async function acknowledgeAttachments(turn: Turn): Promise<void> {
  const lines = turn.prompt.flatMap(describe);
  if (lines.length > 0) await turn.say(lines.map((line) => `- ${line}`).join('\n'));
}

function describe(block: ContentBlock): string[] {
  switch (block.type) {
    case 'text':
      return [];
    case 'image':
      return [`I got an image (${block.mimeType}) of ${Buffer.from(block.data, 'base64').length} bytes.`];
    case 'audio':
      return [`I got a sound (${block.mimeType}) of ${Buffer.from(block.data, 'base64').length} bytes.`];
    case 'resource_link':
      return [`I got a link to ${block.name}.`];
    case 'resource':
      return [`I got the content of ${block.resource.uri}.`];
  }
}
