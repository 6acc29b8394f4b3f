import { homePaths } from '@konui/protocol';
import { type ChildProgram, startChild } from './child-program.ts';
import { MEMORY_FLAGS, readMemory } from './product/read-memory.ts';
import { startProduct } from './product/start-product.ts';
import { atMost, formatNumber, formatRatio, type Report, type Row } from './report.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** Opened before anything is measured: a process's first sockets also pay for its code and its heap. */
const FIRST = 300;
const COUNT = 1000;
const MAX_RATIO = 2;

/** What a viewer costs the gateway while nothing happens. */
export async function measureIdleMemory(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const floor = await measureBareSockets(folder.path);
  await using product = await startProduct(homePaths(folder.path, { uid: process.getuid?.() ?? 0 }), MEMORY_FLAGS);
  const sessionId = await product.createSession('demo');
  const tokens = await product.createTokensFor(2 * (FIRST + COUNT));
  await using viewers = startChild('product/idle-viewers.child.ts', [new URL(product.url).port, tokens.join(',')]);
  await viewers.receive();
  const gateway = { pid: product.gatewayPid, folder: folder.path };
  const open = await measureGrowth(viewers, gateway, {});
  const subscribed = await measureGrowth(viewers, gateway, { sessionId });
  return {
    title: 'Idle viewers: memory of the gateway',
    about: `Resident bytes per socket after garbage collection, of ${COUNT.toLocaleString('en')} sockets beyond the first ${FIRST}. Floor: a server that holds bare \`net.Socket\`s.`,
    rows: [
      toRow('a `/ws` socket, signed in', { floor, ours: open }),
      toRow('a `/ws` socket that is subscribed to a session', { floor, ours: subscribed }),
    ],
    notes: [],
  };
}

function toRow(what: string, { floor, ours }: { floor: number; ours: number }): Row {
  const toText = (bytes: number): string => `${formatNumber(bytes / 1024)} KiB`;
  const ratio = ours / floor;
  return {
    what,
    floor: toText(floor),
    ours: toText(ours),
    ratio: formatRatio(ratio),
    goal: atMost(ratio, MAX_RATIO, '×'),
  };
}

async function measureBareSockets(folder: string): Promise<number> {
  await using server = startChild('floors/idle-sockets.child.ts', [], { cwd: folder, execArgv: MEMORY_FLAGS });
  const { port } = (await server.receive()) as { port: number };
  await using opener = startChild('floors/socket-opener.child.ts', [String(port)]);
  await opener.receive();
  return await measureGrowth(opener, { pid: server.pid, folder }, {});
}

/** Bytes per socket. */
async function measureGrowth(
  opener: ChildProgram,
  server: { pid: number; folder: string },
  what: { sessionId?: string },
): Promise<number> {
  const open = async (count: number): Promise<number> => {
    opener.send({ count, ...what });
    await opener.receive();
    return (await readMemory(server.pid, server.folder)).resident;
  };
  const before = await open(FIRST);
  return ((await open(COUNT)) - before) / COUNT;
}
