import { isUtf8 } from 'node:buffer';
import { sniffImageType, withoutCutCharacter } from '@konui/protocol';

/**
 * Streams an attachment under the type that its bytes have, whatever anybody said of it: an agent wrote it. Text is
 * never served as HTML or SVG, and the policy keeps even a browser that is told otherwise from running anything.
 */
export async function serveAttachment(chunks: AsyncIterable<Uint8Array>): Promise<Response> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const beginning = first.done === true ? new Uint8Array() : first.value;
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = isFirst ? first : await iterator.next();
      isFirst = false;
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  const type = sniffType(beginning);
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, max-age=31536000, immutable',
      ...(type === 'application/octet-stream' ? { 'content-disposition': 'attachment' } : {}),
    },
  });
}

/** The types of images that browsers show, else plain text, else bytes. */
function sniffType(beginning: Uint8Array): string {
  const image = sniffImageType(beginning);
  if (image !== undefined) return image;
  const isText = !beginning.includes(0) && isUtf8(withoutCutCharacter(beginning));
  return isText ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}
