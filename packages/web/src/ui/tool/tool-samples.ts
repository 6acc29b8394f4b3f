import type { ToolItem } from '@konui/client';

/** A tool call for the gallery: read, done, with nothing but a title. */
export function sampleTool(fields: Partial<ToolItem> = {}): ToolItem {
  return {
    type: 'tool',
    key: 1,
    at: '2026-01-01T10:00:00.000Z',
    endedAt: '2026-01-01T10:00:00.400Z',
    runId: 'run',
    toolCallId: 'call',
    title: 'Read src/settings.js',
    toolKind: 'read',
    status: 'completed',
    rawInput: undefined,
    rawOutput: undefined,
    content: [],
    locations: [],
    output: [],
    exit: undefined,
    ...fields,
  };
}

/** One that began some seconds before it is drawn and has no end. */
export function runningTool(fields: Partial<ToolItem> = {}): ToolItem {
  const { endedAt: _, ...tool } = sampleTool({ status: 'in_progress', ...fields });
  return tool;
}

export const commandTool = (fields: Partial<ToolItem> = {}): ToolItem =>
  sampleTool({
    title: 'npm test -- --run src/printer.test.ts',
    toolKind: 'execute',
    rawInput: { command: 'npm test -- --run src/printer.test.ts', cwd: '/home/mia/project' },
    endedAt: '2026-01-01T10:00:12.000Z',
    output: [
      ' RUN  v5.1.1\n\n \u001b[32m✓\u001b[0m src/parser.test.ts \u001b[2m(24 tests)\u001b[0m\n \u001b[31m❯\u001b[0m src/printer.test.ts \u001b[2m(8 tests | \u001b[0;31m1 failed\u001b[0;2m)\u001b[0m\n',
    ],
    exit: { exitCode: 1, signal: null },
    status: 'failed',
    ...fields,
  });

export const editTool = (fields: Partial<ToolItem> = {}): ToolItem =>
  sampleTool({
    title: 'Edit src/settings.js',
    toolKind: 'edit',
    locations: [{ path: 'src/settings.js', line: 4 }],
    content: [
      {
        type: 'diff',
        path: 'src/settings.js',
        oldText: 'export function load(path) {\n  return readFile(path);\n}\n',
        newText: "export function load(path) {\n  return readFile(path, 'utf8');\n}\n",
      },
    ],
    ...fields,
  });
