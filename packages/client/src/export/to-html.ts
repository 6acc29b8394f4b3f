import type { ConversationItem } from '../conversation/items.ts';
import { escapeHtml } from './escape-html.ts';
import type { ExportFacts } from './export-facts.ts';
import { type ExportEntry, type ExportPart, exportEntries } from './export-parts.ts';
import { EXPORT_STYLE } from './export-style.ts';
import { EXPORT_WORDS as words } from './export-words.ts';
import { textToHtml } from './text-to-html.ts';

/** Nothing is loaded and no script runs, whatever the conversation says; pictures are inside. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

interface HtmlExportOptions {
  readonly facts: ExportFacts;
  /** `data:` addresses of images by the hash of their attachment; one that is not there is a word. */
  readonly images?: ReadonlyMap<string, string>;
}

/** A conversation as one HTML file that opens anywhere, also without a network. */
export function toHtml(items: readonly ConversationItem[], { facts, images = new Map() }: HtmlExportOptions): string {
  const title = escapeHtml(facts.title);
  const entries = exportEntries(items, facts.agent).map((entry) => entryHtml(entry, images));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${EXPORT_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<dl>
${factHtml(words.agent, facts.agent)}
${factHtml(words.folder, facts.folder)}
${factHtml(words.exported, facts.exportedAt)}
</dl>
</header>
${entries.join('\n')}
</main>
</body>
</html>
`;
}

function factHtml(label: string, value: string): string {
  return `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`;
}

function entryHtml({ kind, at, heading, parts }: ExportEntry, images: ReadonlyMap<string, string>): string {
  const body = parts.map((part) => partHtml(part, images)).join('\n');
  const time = `<time datetime="${escapeHtml(at)}">${escapeHtml(at.replace('T', ' ').slice(0, 16))}</time>`;
  const head = `<span>${escapeHtml(heading)}</span> ${time}`;
  if (kind === 'event') return `<div class="event"><p>${head}</p>${body}</div>`;
  // Closed, so that the conversation itself is read first.
  if (kind === 'tool' || kind === 'thought') {
    return `<details class="${kind}"><summary>${head}</summary>${body}</details>`;
  }
  return `<article class="${kind}"><h2>${head}</h2>${body}</article>`;
}

function partHtml(part: ExportPart, images: ReadonlyMap<string, string>): string {
  switch (part.type) {
    case 'text':
      return textToHtml(part.text);
    case 'note':
      return `<p>${escapeHtml(part.text)}</p>`;
    case 'code':
      return `<p class="label">${escapeHtml(part.label)}</p><pre><code>${escapeHtml(part.text)}</code></pre>`;
    case 'change': {
      const lines = part.lines.map(({ mark, text }) => {
        const element = mark === '+' ? 'ins' : mark === '-' ? 'del' : 'span';
        return `<${element}>${mark} ${escapeHtml(text)}</${element}>`;
      });
      return `<p class="label">${escapeHtml(part.path)}</p><pre class="change">${lines.join('\n')}</pre>`;
    }
    case 'image': {
      const address = part.dataUrl ?? images.get(part.attachment ?? '');
      return address === undefined || !IMAGE_ADDRESS.test(address)
        ? `<p class="label">${words.image}</p>`
        : `<img src="${escapeHtml(address)}" alt="${words.image}">`;
    }
  }
}

const IMAGE_ADDRESS = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/;
