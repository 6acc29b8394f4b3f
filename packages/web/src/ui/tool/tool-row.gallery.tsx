import { defineGallery } from '../../gallery/define-gallery.ts';
import { NotConnected } from '../../gallery/not-connected.tsx';
import { ToolRow } from './tool-row.tsx';
import { commandTool, editTool, runningTool, sampleTool } from './tool-samples.ts';

const text = (value: string) => ({ type: 'content', content: { type: 'text', text: value } }) as const;
const stored = { attachment: 'a'.repeat(64), byteLength: 5_242_880, preview: 'first line\nsecond line\n' };
const asked = (state: 'asked' | 'rejected') => ({ state, at: '2026-01-01T10:00:00.000Z' });
const kinds = ['read', 'edit', 'delete', 'move', 'search', 'execute', 'think', 'fetch', 'switch_mode', 'brand_new'];

export const gallery = defineGallery({
  name: 'tool-call',
  states: {
    kinds: () => (
      <div className="tool-steps">
        {kinds.map((toolKind, key) => (
          <ToolRow key={toolKind} tool={sampleTool({ key, toolKind, title: `A call of the kind ${toolKind}` })} />
        ))}
      </div>
    ),
    statuses: () => (
      <div className="tool-steps">
        <ToolRow tool={sampleTool({ title: 'Done in no time' })} />
        <ToolRow tool={sampleTool({ title: 'Done', endedAt: '2026-01-01T10:02:05.000Z' })} />
        <ToolRow tool={sampleTool({ title: 'Failed', status: 'failed' })} />
        <ToolRow tool={commandTool({ title: 'Failed with an exit code' })} />
        <ToolRow tool={sampleTool({ title: 'Waits for permission', status: 'pending', permission: asked('asked') })} />
        <ToolRow tool={sampleTool({ title: 'Rejected', status: 'failed', permission: asked('rejected') })} />
        <ToolRow tool={sampleTool({ title: 'Stopped', status: 'failed', cutShort: 'stopped' })} />
        <ToolRow tool={sampleTool({ title: 'Open when its run ended', status: 'failed', cutShort: 'unfinished' })} />
        <ToolRow tool={runningTool({ title: 'Not finished, and its run has ended' })} isOver />
        <ToolRow tool={sampleTool({ title: 'A status of the agent’s own', status: 'paused' })} isOver />
        <ToolRow tool={sampleTool({ title: '', toolKind: undefined })} />
      </div>
    ),
    running: () => (
      <ToolRow
        tool={runningTool({
          title: 'npm run build',
          toolKind: 'execute',
          at: new Date(Date.now() - 64_000).toISOString(),
        })}
      />
    ),
    'running-output': () => (
      <ToolRow
        tool={commandTool({
          status: 'in_progress',
          endedAt: undefined,
          exit: undefined,
          at: new Date(Date.now() - 64_000).toISOString(),
          output: [Array.from({ length: 40 }, (_, index) => `step ${index}: ${'compiled '.repeat(index)}\n`).join('')],
        })}
      />
    ),
    'failed-output': () => <ToolRow tool={commandTool()} />,
    'not-connected': () => (
      <NotConnected untilMs={Date.parse('2026-01-01T10:01:04.000Z')}>
        <ToolRow tool={runningTool({ title: 'npm run build', toolKind: 'execute' })} />
      </NotConnected>
    ),
    command: () => <ToolRow tool={commandTool()} startsOpen />,
    edit: () => <ToolRow tool={editTool()} />,
    'two-files': () => (
      <ToolRow
        tool={editTool({
          content: [
            ...editTool().content,
            { type: 'diff', path: 'docs/new.md', oldText: null, newText: '# New\n\nText.\n' },
          ],
        })}
      />
    ),
    read: () => (
      <ToolRow
        tool={sampleTool({
          rawInput: { file_path: 'src/settings.js', offset: 40, limit: 20 },
          locations: [{ path: '/home/mia/project/src/settings.js', line: 40 }],
          content: [text('```js\nexport const defaults = { name: "demo" };\n```')],
        })}
        startsOpen
      />
    ),
    json: () => (
      <ToolRow
        tool={sampleTool({
          title: 'mcp: create_issue',
          toolKind: 'other',
          rawInput: { labels: ['bug'], fields: { title: 'It fails', body: 'Line one\nLine two' } },
          rawOutput: { id: 17, url: 'https://example.org/17' },
        })}
        startsOpen
      />
    ),
    'stored-output': () => (
      <ToolRow tool={commandTool({ output: [stored], status: 'completed', exit: undefined })} startsOpen />
    ),
    'long-output': () => (
      <ToolRow
        tool={commandTool({ output: [Array.from({ length: 5_000 }, (_, index) => `line ${index}\n`).join('')] })}
        startsOpen
      />
    ),
    'stored-change': () => (
      <ToolRow
        tool={editTool({
          content: [{ type: 'diff', path: 'data.json', oldText: 'old', newText: { ...stored, byteLength: 300_000 } }],
        })}
      />
    ),
    'change-too-large': () => (
      <ToolRow tool={editTool({ content: [{ type: 'diff', path: 'data.json', oldText: null, newText: stored }] })} />
    ),
    empty: () => <ToolRow tool={sampleTool()} startsOpen />,
    hostile: () => (
      <ToolRow
        tool={commandTool({
          title: `<img src=x onerror=alert(1)> \u202egpj.exe ${'no-end'.repeat(60)}`,
          rawInput: { command: `echo "\u202e${'x'.repeat(4_000)}"` },
          locations: [{ path: `${'very-long-name'.repeat(40)}\u202e.js`, line: 1 }],
          output: ['\u001b]8;;javascript:alert(1)\u0007link\u001b]8;;\u0007 <script>alert(1)</script>\n'],
        })}
        startsOpen
      />
    ),
  },
});
