import { escapeHtml } from './escape-html.ts';

/**
 * Markdown as HTML, as far as agents use it to lay out an answer: fences, headings, lists, rules, paragraphs, `code`,
 * **bold** and links to the web. All else stays as it was written. No byte of it reaches the HTML unescaped.
 */
export function textToHtml(text: string): string {
  const html: string[] = [];
  let fence: { mark: string; lines: string[] } | undefined;
  let paragraph: string[] = [];
  let items: string[] = [];
  const endBlock = (): void => {
    if (paragraph.length > 0) html.push(`<p>${paragraph.map(inlineHtml).join('<br>')}</p>`);
    if (items.length > 0) html.push(`<ul>${items.map((item) => `<li>${inlineHtml(item)}</li>`).join('')}</ul>`);
    paragraph = [];
    items = [];
  };
  for (const line of text.split('\n')) {
    if (fence !== undefined) {
      if (line.trim() === fence.mark) {
        html.push(codeHtml(fence.lines));
        fence = undefined;
      } else fence.lines.push(line);
      continue;
    }
    const mark = /^ {0,3}(`{3,}|~{3,})[^`]*$/.exec(line)?.[1];
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)$/.exec(line);
    if (mark !== undefined) {
      endBlock();
      fence = { mark, lines: [] };
    } else if (heading !== null) {
      endBlock();
      html.push(`<h4>${inlineHtml(heading[2] ?? '')}</h4>`);
    } else if (item !== null) {
      if (paragraph.length > 0) endBlock();
      items.push(item[1] ?? '');
    } else if (line.trim() === '') endBlock();
    else {
      if (items.length > 0) endBlock();
      paragraph.push(line);
    }
  }
  endBlock();
  // A message that was cut off in the middle of its code.
  if (fence !== undefined) html.push(codeHtml(fence.lines));
  return html.join('\n');
}

function codeHtml(lines: readonly string[]): string {
  return `<pre><code>${escapeHtml(lines.join('\n'))}</code></pre>`;
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]\n]+)\]\(([^()\s]+)\)/g;

function inlineHtml(text: string): string {
  let html = '';
  let done = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, bold, label, address] = match;
    html += escapeHtml(text.slice(done, match.index));
    if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`;
    else if (bold !== undefined) html += `<strong>${escapeHtml(bold)}</strong>`;
    else html += linkHtml(whole, label ?? '', address ?? '');
    done = match.index + whole.length;
  }
  return html + escapeHtml(text.slice(done));
}

/** Only addresses of the web: another scheme could run what it names. */
function linkHtml(whole: string, label: string, address: string): string {
  if (!/^https?:\/\//i.test(address)) return escapeHtml(whole);
  return `<a href="${escapeHtml(address)}" rel="noopener noreferrer">${escapeHtml(label)}</a>`;
}
