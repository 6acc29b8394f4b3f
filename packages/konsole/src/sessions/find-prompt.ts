import { openLogReader } from '@konui/log';
import { isRecord, parseSessionEvent, StoredContentBlock } from '@konui/protocol';
import { z } from 'zod';

const NEWLINE = 0x0a;
const PAGE = { maxEvents: 1000, maxBytes: 256 * 1024 };

/** What a prompt of the past held, read from the log backwards; undefined where the log has no such prompt. */
export function findPrompt(logPath: string, promptId: string): readonly StoredContentBlock[] | undefined {
  const reader = openLogReader(logPath);
  try {
    for (let before = Number.MAX_SAFE_INTEGER; ;) {
      const page = reader.readBefore(before, PAGE);
      if (page.count === 0) return undefined;
      for (const line of linesOf(page.bytes)) {
        // Parsing every line of a long run would hold up everybody else.
        if (!line.includes(promptId)) continue;
        const event = parseSessionEvent(line.toString());
        if (!isRecord(event) || event['kind'] !== 'prompt' || event['promptId'] !== promptId) continue;
        return z.array(StoredContentBlock).parse(event['content']);
      }
      before = page.firstSeq;
    }
  } finally {
    reader.close();
  }
}

function* linesOf(bytes: Buffer): Generator<Buffer, void, undefined> {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start);
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}
