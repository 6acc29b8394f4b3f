import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder, openTestLog, parseLines } from './log-fixture.ts';
import { followLog } from './log-follower.ts';
import { openLogReader } from './log-reader.ts';
import { startProgram } from './process-fixture.ts';

it('holds what a writer announced before SIGKILL, goes on in the same epoch, and is followed byte for byte', async () => {
  const file = path.join(makeFolder(), 'log.ndjson');
  let epoch: string | undefined;
  const pages: Buffer[] = [];
  const follower = followLog({ path: file, afterSeq: 0, onPage: (page) => pages.push(page.bytes), pollMs: 1 });
  onTestFinished(() => follower.close());
  for (let round = 1; round <= 5; round++) {
    const writer = startProgram('append-until-killed.child.ts', file);
    let announced = 0;
    for (let i = 0; i < 10 * round; i++) announced = Number(await writer.nextLine());
    await writer.kill();
    for (let line = await writer.nextLine(); line !== undefined; line = await writer.nextLine()) {
      announced = Number(line);
    }
    const reader = openLogReader(file);
    expect(reader.lastSeq()).toBeGreaterThanOrEqual(announced);
    const seqs = parseLines(reader.readAfter(0, { maxBytes: 1 << 30 }).bytes).map((event) => event.seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    const log = openTestLog(file);
    expect(log.opened.newEpoch).toBe(false);
    expect(log.lastSeq).toBe(reader.lastSeq());
    expect(log.epoch).toBe((epoch ??= log.epoch));
    log.close();
    reader.close();
    await expect.poll(() => follower.seq).toBe(log.lastSeq);
    expect(Buffer.concat(pages).equals(fs.readFileSync(file))).toBe(true);
  }
});

it('fits the last events of a run on a really full file system, and recovers when there is room', async (context) => {
  const folder = makeFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'konui-test', folder], { stdio: 'pipe' });
  } catch (error) {
    context.skip(`a small file system could not be mounted: ${String(error)}`);
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  const ballast = path.join(folder, 'ballast');
  fs.writeFileSync(ballast, Buffer.alloc(512 * 1024));
  const file = path.join(folder, 'log.ndjson');
  const troubles: string[] = [];
  const log = openTestLog(file, {
    reserveBytes: 1024 * 1024,
    retryMs: 5,
    onTrouble: (trouble) => troubles.push(trouble.code),
  });
  while (!log.isStuck) {
    log.append({ kind: 'agent_message_chunk', text: 'x'.repeat(10_000) });
    log.flush();
  }
  log.append({ kind: 'error', code: 'STORAGE_FULL' });
  log.append({ kind: 'complete', text: 'y'.repeat(100_000) });
  log.sync();
  const reader = openLogReader(file);
  onTestFinished(() => reader.close());
  expect(reader.lastSeq()).toBe(log.lastSeq);
  expect(log.isStuck).toBe(true);
  fs.rmSync(ballast);
  await expect.poll(() => log.isStuck).toBe(false);
  expect(troubles).toEqual(['storage_full', 'storage_recovered']);
  log.append({ kind: 'status' });
  log.close();
  const seqs = parseLines(fs.readFileSync(file)).map((event) => event.seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});
