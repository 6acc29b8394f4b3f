import type { Kontask } from '@konui/protocol';

/** Beyond this an output is no longer searched: its beginning says what it is about. */
const MAX_SEARCHED_CHARACTERS = 256 * 1024;

/** What a kontask is found by. */
export interface KontaskWords {
  readonly title: string;
  readonly description: string;
  /** The text of the output, without its markup. */
  readonly output: string;
  readonly names: string;
}

export function wordsOf(kontask: Kontask): KontaskWords {
  const { title, description, tags, scope = '', type, createdBy, targetUser = '' } = kontask;
  const output = (kontask.context.output ?? '').slice(0, MAX_SEARCHED_CHARACTERS);
  return {
    title,
    description,
    output: textOfHtml(output),
    names: [...tags, scope, type, createdBy, targetUser].join(' '),
  };
}

/** Good enough to be searched, never to be shown: what stands between tags. */
function textOfHtml(html: string): string {
  return html
    .replace(/<(style|script)\b[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<\/?[a-z!][^>]*>/gi, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp|#\d+);/g, ' ')
    .replace(/\s+/g, ' ');
}

/** What a person typed → an FTS5 query: every word must begin a word of the kontask, one in quotes as it stands. */
export function toMatch(q: string): string | undefined {
  // A query of FTS5 ends at NUL, within the quotes.
  const typed = q.replaceAll(/\p{Cc}/gu, ' ');
  const parts = [...typed.matchAll(/"([^"]+)"|(\S+)/g)].flatMap(([, quoted, word]) => {
    if (quoted !== undefined) return [`"${quoted}"`];
    const plain = (word ?? '').replaceAll('"', '');
    return plain === '' ? [] : [`"${plain}"*`];
  });
  return parts.length === 0 ? undefined : parts.join(' ');
}
