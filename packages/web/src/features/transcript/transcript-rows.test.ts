import type { ConversationItem } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { transcriptRows } from './transcript-rows.ts';

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
  transcriptRows(items).map((row) => (row.type === 'ending' ? 'ending' : row.item.type));

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
});
