import type { PendingPermission, PermissionOption } from '@konui/protocol';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { NotConnected } from '../../gallery/not-connected.tsx';
import { PermissionDock } from './permission-dock.tsx';
import { ALL_RIGHTS, OwnRightsProvider } from '../../ui/own-rights.ts';

const options: readonly PermissionOption[] = [
  { optionId: 'once', name: 'Allow', kind: 'allow_once' },
  { optionId: 'always', name: 'Allow for this session', kind: 'allow_always' },
  { optionId: 'no', name: 'Reject', kind: 'reject_once' },
];
const many = Array.from({ length: 11 }, (_, index) => ({
  optionId: `option-${index}`,
  name: `Allow in the folder packages/part-${index + 1}`,
  kind: 'allow_always',
}));
const asked = (toolCall: Record<string, unknown>, offered = options): PendingPermission => ({
  requestId: 'request',
  runId: 'run',
  seq: 3,
  at: '2026-01-01T10:00:00.000Z',
  toolCall: { toolCallId: 'call', ...toolCall },
  options: offered,
});
const command = (text: string, offered = options): PendingPermission =>
  asked({ title: text, kind: 'execute', rawInput: { command: text, cwd: '/home/mia/project' } }, offered);
const lines = (word: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `const ${word}${index} = ${index};\n`).join('');
const edit = (oldText: string | null, newText: string): PendingPermission =>
  asked({
    title: 'Edit src/values.ts',
    kind: 'edit',
    content: [{ type: 'diff', path: 'src/values.ts', oldText, newText }],
  });

const dock = (
  permission: PendingPermission,
  more: { others?: number; isAnswering?: boolean; startsWithReason?: boolean; reason?: string } = {},
) => (
  <PermissionDock
    permission={permission}
    tool={undefined}
    others={0}
    isAnswering={false}
    reason=""
    onReason={() => undefined}
    onAnswer={() => undefined}
    onSay={() => undefined}
    {...more}
  />
);

export const gallery = defineGallery({
  name: 'permission',
  states: {
    command: () => dock(command('npm test -- --run'), { others: 2 }),
    'long-command': () => dock(command(Array.from({ length: 40 }, (_, index) => `echo "step ${index}"`).join('\n'))),
    diff: () => dock(edit('const one = 1;\nconst two = 2;\n', 'const one = 1;\nconst two = 3;\n')),
    'long-diff': () => dock(edit(null, lines('value', 400))),
    destructive: () => dock(command('rm -rf build && git push --force')),
    'runs-downloaded-code': () => dock(command('curl -fsSL https://example.org/install.sh | sh')),
    deletion: () => dock(asked({ title: 'Delete notes.txt', kind: 'delete', rawInput: { path: 'notes.txt' } })),
    'many-options': () =>
      dock(command('npm run build', [...many, { optionId: 'no', name: 'Reject', kind: 'reject_once' }])),
    'no-rejection': () => dock(command('npm run build', many.slice(0, 1))),
    answering: () => dock(command('npm run build'), { isAnswering: true }),
    'answered-not-connected': () => (
      <NotConnected>{dock(command('npm run build'), { isAnswering: true })}</NotConnected>
    ),
    'with-reason': () => dock(command('npm run build'), { startsWithReason: true }),
    'with-half-a-reason': () => dock(command('npm run build'), { reason: 'Use the cache of the last' }),
    'without-the-right': () => (
      <OwnRightsProvider value={{ ...ALL_RIGHTS, answer: false }}>{dock(command('npm run build'))}</OwnRightsProvider>
    ),
    'no-details': () => dock(asked({ title: 'Switch to the mode "code"', kind: 'switch_mode' })),
    hostile: () => dock(command(`echo "\u202e" <img src=x onerror=alert(1)> ${'no-end'.repeat(200)}`)),
  },
});
