import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from '../child-program.ts';

export interface PacedWrites {
  readonly sockets: number;
  readonly byteLength: number;
  readonly periodMs: number;
  readonly ticks: number;
}

/** CPU microseconds of one `write(2)` to one of many sockets, at a given pace. */
export interface WriteFloor {
  readonly language: 'C' | 'Node';
  measure(writes: PacedWrites): Promise<number>;
}

const run = promisify(execFile);

/** The C program where there is a compiler, else its likeness in Node. */
export async function prepareWriteFloor(folder: string): Promise<WriteFloor> {
  const program = join(folder, 'paced-writes');
  try {
    await run('cc', ['-O2', '-o', program, join(import.meta.dirname, 'paced-writes.c')]);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return { language: 'Node', measure: measureInNode };
  }
  return {
    language: 'C',
    async measure(writes) {
      const { stdout } = await run(program, toArgs(writes));
      return Number(stdout);
    },
  };
}

async function measureInNode(writes: PacedWrites): Promise<number> {
  await using writer = startChild('floors/paced-writes.child.ts', toArgs(writes));
  const { port } = (await writer.receive()) as { port: number };
  await using reader = startChild('floors/socket-reader.child.ts', [String(port), String(writes.sockets)]);
  const { usPerWrite } = (await Promise.race([writer.receive(), reader.receive()])) as { usPerWrite: number };
  return usPerWrite;
}

function toArgs({ sockets, byteLength, periodMs, ticks }: PacedWrites): string[] {
  return [sockets, byteLength, periodMs * 1000, ticks].map(String);
}
