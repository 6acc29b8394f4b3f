import type { SessionEvent } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { createConversation } from '../conversation/conversation-state.ts';
import { reduceConversationEvents } from '../conversation/reduce-conversation.ts';
import { changedLines } from './changed-lines.ts';
import { exportEntries, imagesOf } from './export-parts.ts';
import { textToHtml } from './text-to-html.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';

const SESSION = '00000000-0000-4000-8000-000000000001';
const PROMPT = '00000000-0000-4000-8000-000000000002';
const RUN = '00000000-0000-4000-8000-000000000003';
const SHA = 'a'.repeat(64);
const facts = { title: 'Fix it', agent: 'demo', folder: '/home/me/project', exportedAt: '2026-01-01T00:00:00.000Z' };

function itemsOf(...bodies: { kind: string; [field: string]: unknown }[]) {
  const events: SessionEvent[] = bodies.map((body, index) => ({
    seq: index + 1,
    sessionId: SESSION,
    at: '2026-01-01T00:00:00.000Z',
    ...body,
  }));
  return reduceConversationEvents(createConversation(), events).items;
}

const prompt = (...content: unknown[]) => ({
  kind: 'prompt',
  promptId: PROMPT,
  commandId: PROMPT,
  origin: { type: 'person' },
  content,
});
const says = (text: string) => ({ kind: 'agent_message_chunk', content: { type: 'text', text } });
const started = { kind: 'run_started', runId: RUN, promptId: PROMPT };
const edit = {
  kind: 'tool_call',
  toolCallId: 't',
  title: 'Edit a.js',
  rawInput: { path: 'a.js' },
  content: [{ type: 'diff', path: 'a.js', oldText: 'one\ntwo\nthree\n', newText: 'one\n2\nthree\n' }],
};
const complete = {
  kind: 'complete',
  runId: RUN,
  actualSessionId: SESSION,
  stopReason: 'end_turn',
  exitCode: 0,
  success: true,
  aborted: false,
};
const whole = itemsOf(prompt({ type: 'text', text: 'Please fix' }), started, says('Done: **all**'), edit, complete);

describe('a session as Markdown', () => {
  it('has its facts, prompts, answers, changes and endings', () => {
    expect(toMarkdown(whole, facts)).toBe(`# Fix it

- Agent: demo
- Folder: \`/home/me/project\`
- Exported: 2026-01-01T00:00:00.000Z

## You

Please fix

### demo

Done: **all**

### Edit a.js

Input:

\`\`\`json
{
  "path": "a.js"
}
\`\`\`

\`a.js\`

\`\`\`diff
 one
-two
+2
 three
\`\`\`

*Finished*
`);
  });

  it('fences output that has fences of its own', () => {
    const text = '```\nrm -rf\n```';
    const items = itemsOf({
      kind: 'tool_call',
      toolCallId: 't',
      content: [{ type: 'content', content: { type: 'text', text } }],
    });
    expect(toMarkdown(items, facts)).toContain('````\n```\nrm -rf\n```\n````');
  });
});

describe('a session as one HTML file', () => {
  const hostile = [
    '</script><script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[click](javascript:alert(1)) [data](data:text/html,x)',
    '`</code><script>alert(1)</script>`',
    '**<svg onload=alert(1)>**',
    '```\n</code></pre><script>alert(1)</script>\n```',
    '# <iframe src="//evil.example">',
    '[<b>x</b>](https://a.example/"onmouseover="alert(1))',
    '</style><style>@import "//evil.example"</style>',
  ].join('\n\n');

  it('escapes everything that anybody said, wherever it stands', () => {
    const items = itemsOf(
      prompt(
        { type: 'text', text: hostile },
        { type: 'file', name: hostile.slice(0, 99), mimeType: 'x', attachment: SHA, byteLength: 1 },
      ),
      started,
      says(hostile),
      {
        ...edit,
        title: hostile,
        content: [{ type: 'diff', path: hostile, oldText: '', newText: hostile }],
        rawInput: hostile,
      },
      { kind: 'error', code: 'AGENT_ERROR', message: hostile, runId: RUN },
      complete,
    );
    const html = toHtml(items, { facts: { ...facts, title: hostile, agent: hostile, folder: hostile } });
    const tags = [...html.matchAll(/<\/?([a-z0-9!]+)([^>]*)>/gi)];
    const allowed =
      /^(!doctype|html|head|meta|title|style|body|main|header|h1|h2|h4|dl|div|dt|dd|article|details|summary|span|time|p|br|ul|li|pre|code|strong|a|ins|del|img)$/;
    for (const [, name = '', attributes = ''] of tags) {
      expect(name.toLowerCase()).toMatch(allowed);
      expect(attributes).not.toMatch(/\son\w+\s*=/i);
      if (name === 'a' && attributes !== '')
        expect(attributes).toMatch(/^ href="https:\/\/[^"]*" rel="noopener noreferrer"$/);
    }
    expect(html.match(/<style>/g)).toHaveLength(1);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
  });

  it('has its images inside, and only images', () => {
    const image = { type: 'image', mimeType: 'image/png', attachment: SHA, byteLength: 3 };
    const items = itemsOf(prompt(image));
    expect(imagesOf(exportEntries(items, 'demo'))).toEqual([SHA]);
    const png = 'data:image/png;base64,AAAA';
    expect(toHtml(items, { facts, images: new Map([[SHA, png]]) })).toContain(`<img src="${png}" alt="Image">`);
    for (const address of [
      'https://evil.example/x.png',
      'data:image/svg+xml;base64,AAAA',
      'data:text/html,x"><script>',
    ]) {
      expect(toHtml(items, { facts, images: new Map([[SHA, address]]) })).not.toContain('<img');
    }
  });
});

it('lays out the Markdown that agents use', () => {
  expect(textToHtml('# Title\n- a `b`\n- c\n\none\ntwo [link](https://a.example)\n```js\n1 < 2\n```\n~~~\nopen')).toBe(
    [
      '<h4>Title</h4>',
      '<ul><li>a <code>b</code></li><li>c</li></ul>',
      '<p>one<br>two <a href="https://a.example" rel="noopener noreferrer">link</a></p>',
      '<pre><code>1 &lt; 2</code></pre>',
      '<pre><code>open</code></pre>',
    ].join('\n'),
  );
});

it('shows of a change what is different, with a few lines around it', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
  expect(changedLines(before, before.replace('e', 'E')).map(({ mark, text }) => mark + text)).toEqual([
    ' b',
    ' c',
    ' d',
    '-e',
    '+E',
    ' f',
    ' g',
    ' h',
  ]);
  expect(changedLines('', 'new\n')).toEqual([{ mark: '+', text: 'new' }]);
});
