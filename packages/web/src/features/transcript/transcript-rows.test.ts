import type { ConversationItem } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { isSameRow, transcriptRows } from './transcript-rows.ts';

const at = '2026-01-01T00:00:00.000Z';
const prompt = {
  type: 'prompt',
  key: 2,
  at,
  runId: 'r',
  promptId: 'p',
  origin: { type: 'person' },
  content: [],
} as const;
const error = { type: 'error', key: 5, at, runId: 'r', code: 'AGENT_ERROR', message: 'broken' } as const;
const limit = { type: 'limit', key: 6, at, runId: 'r', message: 'used up', resetsAt: undefined } as const;
const end = {
  type: 'run_end',
  key: 7,
  at,
  runId: 'r',
  stopReason: 'error',
  success: false,
  aborted: false,
  exitCode: 1,
  usage: undefined,
} as const;
const permission = {
  type: 'permission',
  key: 4,
  at,
  runId: 'r',
  requestId: 'q',
  toolCall: { toolCallId: 't' },
  options: [],
  resolution: undefined,
} as const;
const types = (items: readonly ConversationItem[]) =>
  transcriptRows(items).map((row) => (row.type === 'item' ? row.item.type : row.type));

describe('transcriptRows', () => {
  it('tells error and quota at the end of their run, with the prompt to try again', () => {
    const rows = transcriptRows([prompt, error, limit, end]);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toEqual({ type: 'ending', item: end, facts: { error, limit }, prompt, isLatest: true });
  });

  it('knows the ending that no other prompt has followed, whatever else has', () => {
    const late = { type: 'retrying', key: 8, at, runId: undefined, message: 'late' } as const;
    expect(transcriptRows([prompt, end, late])[1]).toMatchObject({ isLatest: true });
    const next = { ...prompt, key: 9, promptId: 'p2', runId: undefined };
    expect(transcriptRows([prompt, end, next])[1]).toMatchObject({ isLatest: false });
  });

  it('shows an error at once while its run is still open', () => {
    expect(types([prompt, error])).toEqual(['prompt', 'error']);
  });

  it('leaves an open permission to the dock and shows it once it is answered', () => {
    const answered = { ...permission, resolution: { by: { type: 'person' }, at } } as const;
    expect(types([prompt, permission])).toEqual(['prompt']);
    expect(types([prompt, answered])).toEqual(['prompt', 'permission']);
  });

  it('leaves an open question to the dock and shows it once it is answered', () => {
    const question = { ...permission, type: 'elicitation', message: 'Which?', requestedSchema: {} } as const;
    const answered = { ...question, resolution: { by: { type: 'person' }, at, action: 'decline' } } as const;
    expect(types([prompt, { ...question, toolCallId: undefined }])).toEqual(['prompt']);
    expect(types([prompt, { ...answered, toolCallId: undefined }])).toEqual(['prompt', 'elicitation']);
  });

  it('says nothing of a stop that came too late', () => {
    const rejected = {
      type: 'command_rejected',
      key: 8,
      at,
      runId: undefined,
      commandId: 'c',
      code: 'NO_ACTIVE_RUN',
      message: undefined,
    } as const;
    expect(types([prompt, rejected])).toEqual(['prompt']);
    expect(types([prompt, { ...rejected, code: 'QUEUE_CHANGED' }])).toEqual(['prompt']);
    expect(types([prompt, { ...rejected, code: 'STORAGE_FULL' }])).toEqual(['prompt', 'command_rejected']);
  });

  describe('tool calls', () => {
    const tool = (key: number, runId = 'r') =>
      ({
        type: 'tool',
        key,
        at,
        runId,
        toolCallId: `t${key}`,
        title: undefined,
        toolKind: 'read',
        status: 'completed',
        rawInput: undefined,
        rawOutput: undefined,
        content: [],
        locations: [],
        output: [],
        exit: undefined,
      }) as const;
    const message = { type: 'message', key: 20, at, runId: 'r', messageId: undefined, content: [] } as const;
    const allowed = { ...permission, resolution: { by: { type: 'person' }, at, optionKind: 'allow_once' } } as const;

    it('that follow each other are one group, with the answers between them', () => {
      const steps = [tool(3), allowed, tool(5)];
      expect(transcriptRows([prompt, ...steps])[1]).toEqual({ type: 'group', item: steps[0], steps, isOver: false });
    });

    it('are parted by what the agent says, and by runs', () => {
      expect(types([prompt, tool(3), message, tool(21), tool(22, 's')])).toEqual([
        'prompt',
        'group',
        'message',
        'group',
        'group',
      ]);
    });

    it('are not parted by what is not shown, such as a question that waits above the composer', () => {
      expect(types([tool(3), permission, tool(5)])).toEqual(['group']);
    });

    it('are over when their run has ended', () => {
      expect(transcriptRows([tool(3), end])).toMatchObject([{ type: 'group', isOver: true }, { type: 'ending' }]);
    });

    it('an answer before any call stands alone', () => {
      expect(types([prompt, allowed, tool(5)])).toEqual(['prompt', 'permission', 'group']);
    });

    it('make the same row again as long as none of them has changed', () => {
      const [one, two] = [tool(3), tool(4)];
      const [row] = transcriptRows([one, two]);
      const [again] = transcriptRows([one, two]);
      const [longer] = transcriptRows([one, two, tool(5)]);
      const [over] = transcriptRows([one, two, end]);
      if (row === undefined || again === undefined || longer === undefined || over === undefined)
        throw new Error('no rows');
      expect([again, longer, over].map((other) => isSameRow(row, other))).toEqual([true, false, false]);
    });
  });
});
