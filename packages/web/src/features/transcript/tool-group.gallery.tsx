import { defineGallery } from '../../gallery/define-gallery.ts';
import { NotConnected } from '../../gallery/not-connected.tsx';
import { commandTool, editTool, runningTool, sampleTool } from '../../ui/tool/tool-samples.ts';
import { ToolGroup } from './tool-group.tsx';
import type { ToolStep } from './tool-group-facts.ts';

const done: readonly ToolStep[] = [
  ...['src/settings.js', 'src/parser.js', 'src/printer.js'].map((path, index) =>
    sampleTool({ key: 1 + index, title: `Read ${path}`, locations: [{ path }] }),
  ),
  sampleTool({ key: 4, title: 'Search "loadSettings"', toolKind: 'search' }),
  editTool({ key: 5 }),
  commandTool({ key: 7, title: 'npm run lint', status: 'completed', exit: { exitCode: 0, signal: null } }),
];
const refused = {
  type: 'permission',
  key: 6,
  at: '2026-01-01T10:00:05.000Z',
  runId: 'run',
  requestId: 'request',
  toolCall: { toolCallId: 'call', title: 'rm -rf build' },
  options: [],
  resolution: {
    by: { type: 'person' },
    at: '2026-01-01T10:00:09.000Z',
    optionId: 'no',
    optionKind: 'reject_once',
    message: 'Keep the build, only clear the cache.',
  },
} as const;
const recently = (): string => new Date(Date.now() - 23_000).toISOString();

export const gallery = defineGallery({
  name: 'tool-group',
  states: {
    single: () => <ToolGroup steps={done.slice(0, 1)} isOver isGrowing={false} />,
    done: () => <ToolGroup steps={done} isOver isGrowing={false} />,
    opened: () => <ToolGroup steps={done} isOver isGrowing={false} startsOpen />,
    growing: () => <ToolGroup steps={done} isOver={false} isGrowing />,
    running: () => (
      <ToolGroup
        steps={[...done, runningTool({ key: 9, title: 'npm run build', toolKind: 'execute', at: recently() })]}
        isOver={false}
        isGrowing
      />
    ),
    'not-connected': () => (
      <NotConnected untilMs={Date.parse('2026-01-01T10:01:04.000Z')}>
        <ToolGroup
          steps={[
            ...done,
            runningTool({ key: 9, title: 'npm run build', toolKind: 'execute' }),
            runningTool({ key: 10, title: 'npm run docs', toolKind: 'execute' }),
          ]}
          isOver={false}
          isGrowing
        />
      </NotConnected>
    ),
    failed: () => <ToolGroup steps={[...done, commandTool({ key: 9 })]} isOver isGrowing={false} />,
    refused: () => <ToolGroup steps={[...done, refused]} isOver isGrowing={false} />,
    interrupted: () => (
      <ToolGroup
        steps={[...done, runningTool({ key: 9, title: 'npm run build', toolKind: 'execute' })]}
        isOver
        isGrowing={false}
      />
    ),
  },
});
