import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openInbox } from './inbox.ts';
import { readInbox } from './inbox-lines.ts';
import { makeFolder } from './log-fixture.ts';

function makeInboxFile(): string {
  return path.join(makeFolder(), 'inbox.ndjson');
}

it('takes a command once, also when it is sent again after a restart', () => {
  const file = makeInboxFile();
  const first = openInbox({ path: file });
  expect(first.has('a')).toBe(false);
  expect(first.append({ commandId: 'a', kind: 'stop' })).toBe('appended');
  expect(first.append({ commandId: 'a', kind: 'prompt' })).toBe('known');
  first.close();
  const second = openInbox({ path: file });
  expect(second.has('a')).toBe(true);
  expect(second.append({ commandId: 'a', kind: 'stop' })).toBe('known');
  second.close();
  expect(readInbox(file, 0).commands).toEqual([{ commandId: 'a', kind: 'stop' }]);
  expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600');
});

it('cuts a torn command at whichever byte, and takes it when it is sent again', () => {
  const file = makeInboxFile();
  const whole = Buffer.from('{"commandId":"a"}\n{"commandId":"b"}\n');
  for (let cutAt = 0; cutAt <= whole.length; cutAt++) {
    fs.writeFileSync(file, whole.subarray(0, cutAt));
    const kept = whole.subarray(0, whole.subarray(0, cutAt).lastIndexOf('\n') + 1);
    expect(readInbox(file, 0)).toMatchObject({ nextOffset: kept.length, bad: [] });
    const inbox = openInbox({ path: file });
    expect(fs.readFileSync(file).equals(kept)).toBe(true);
    for (const commandId of ['a', 'b']) inbox.append({ commandId });
    inbox.close();
    expect(fs.readFileSync(file).equals(whole)).toBe(true);
  }
});

it('reads commands that come in while it reads on, each once', () => {
  const file = makeInboxFile();
  const inbox = openInbox({ path: file });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uuid(), fc.string({ unit: 'binary' })), { maxLength: 8 }), (sent) => {
      const { nextOffset } = readInbox(file, 0);
      const fresh = sent.filter(([commandId, text]) => inbox.append({ commandId, text }) === 'appended');
      const next = readInbox(file, nextOffset);
      expect(next.commands).toEqual(fresh.map(([commandId, text]) => ({ commandId, text })));
      expect(readInbox(file, next.nextOffset)).toEqual({ commands: [], nextOffset: fs.statSync(file).size, bad: [] });
    }),
    { numRuns: 30 },
  );
  inbox.close();
});

it('reports lines that hold no command and reads on behind them', () => {
  const file = makeInboxFile();
  fs.writeFileSync(file, `{"commandId":"a"}\nnonsense\n[1]\n${'x'.repeat(5000)}\n{"commandId":"b"}\n`);
  const { commands, bad, nextOffset } = readInbox(file, 0);
  expect(commands).toEqual([{ commandId: 'a' }, { commandId: 'b' }]);
  expect(bad).toEqual(['nonsense', '[1]', 'x'.repeat(200)]);
  expect(nextOffset).toBe(fs.statSync(file).size);
  const inbox = openInbox({ path: file });
  expect([inbox.has('a'), inbox.has('b')]).toEqual([true, true]);
  inbox.close();
});

it('reads from the start when no line begins at the offset', () => {
  const file = makeInboxFile();
  fs.writeFileSync(file, '{"commandId":"a"}\n{"commandId":"b"}\n');
  for (const offset of [-1, 1, 17, 35, 37, 1000]) expect(readInbox(file, offset).commands).toHaveLength(2);
  expect(readInbox(file, 18).commands).toEqual([{ commandId: 'b' }]);
});

it('reads a missing inbox as empty', () => {
  expect(readInbox(makeInboxFile(), 0)).toEqual({ commands: [], nextOffset: 0, bad: [] });
});
