import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { ReadMarks } from './read-marks.ts';

it('[READ2] marks outlive the gateway, and those of sessions that are gone are forgotten', () => {
  const folder = mkdtempSync(join(tmpdir(), 'konui-test-'));
  const [one, other] = [newId(SessionId), newId(SessionId)];
  const open = (use: (marks: ReadMarks) => void): void => {
    const database = openDatabase(join(folder, 'konui.db'));
    use(new ReadMarks({ database }));
    database.close();
  };
  open((marks) => {
    expect([marks.raise(one, 4), marks.raise(one, 4), marks.raise(one, 3), marks.raise(other, 1)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
  open((marks) => {
    expect(Object.fromEntries(marks.list())).toEqual({ [one]: 4, [other]: 1 });
    marks.keepOnly(new Set([other]));
  });
  open((marks) => expect(Object.fromEntries(marks.list())).toEqual({ [other]: 1 }));
  rmSync(folder, { recursive: true });
});
