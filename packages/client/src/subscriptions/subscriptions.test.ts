import { ChatSubscribed, type ClientFrameInput, type Cursor, judgeCursor, type SessionEvent } from '@konui/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Subscriptions, type Unsubscribe } from './subscriptions.ts';

const S = '00000000-0000-4000-8000-000000000001';

/** What may happen between a log and its readers. */
type Step =
  | { type: 'append'; count: number }
  | { type: 'epoch'; keep: number }
  | { type: 'deliver'; frames: number; lose: boolean }
  | { type: 'reconnect' }
  | { type: 'join' }
  | { type: 'join_beside' }
  | { type: 'leave' }
  | { type: 'turn' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ type: fc.constant('epoch' as const), keep: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ type: fc.constant('deliver' as const), frames: fc.integer({ min: 1, max: 8 }), lose: fc.boolean() }),
    fc.record({ type: fc.constant('reconnect' as const) }),
    fc.record({ type: fc.constant('join' as const) }),
    fc.record({ type: fc.constant('join_beside' as const) }),
    fc.record({ type: fc.constant('leave' as const) }),
    fc.record({ type: fc.constant('turn' as const) }),
  ),
  { maxLength: 40 },
);

interface Reader {
  readonly lines: string[];
  unsubscribe: Unsubscribe;
}

/** One session's log, a socket as two queues, and readers that write down what they hear. */
class World {
  readonly clock = new FakeClock();
  readonly readers: Reader[] = [];
  readonly subscriptions: Subscriptions;
  log: SessionEvent[] = [];
  #toServer: ClientFrameInput[] = [];
  #toClient: (() => void)[] = [];
  #isSubscribed = false;
  #made = 0;

  constructor() {
    this.subscriptions = new Subscriptions({
      clock: this.clock,
      retryDelayMs: () => 1_000,
      send: (frame) => this.#toServer.push(frame) > 0,
      report: (error) => {
        throw error;
      },
      onUnwatched: () => undefined,
    });
    this.beginEpoch(0);
    this.subscriptions.onLive();
  }

  append(): void {
    this.#push({ kind: 'note', text: `${(this.#made += 1)}` });
  }

  /** The machine died with what came after `keep`; its gateway and every socket died too. */
  beginEpoch(keep: number): void {
    this.log = this.log.slice(0, keep);
    this.#isSubscribed = false;
    this.#toClient = [];
    this.#toServer = [];
    this.subscriptions.onDrop();
    this.#push({ kind: 'log_opened', epoch: `e${(this.#made += 1)}`, fromSeq: this.log.length + 1 });
    this.subscriptions.onLive();
  }

  reconnect(): void {
    this.#isSubscribed = false;
    this.#toClient = [];
    this.#toServer = [];
    this.subscriptions.onDrop();
    this.subscriptions.onLive();
  }

  /** A new reader, from the beginning or with all that another one has. */
  join(beside?: Reader): void {
    const lines = [...(beside?.lines ?? [])];
    const from: Cursor | undefined = beside?.unsubscribe.cursor();
    const onEvent = (_event: SessionEvent, line: string) => lines.push(line);
    const onReset = () => (lines.length = 0);
    this.readers.push({ lines, unsubscribe: this.subscriptions.subscribe(S, { onEvent, onReset }, from) });
  }

  /** Ends the turn, so that what was put together in it is sent. */
  async turn(): Promise<void> {
    await Promise.resolve();
  }

  deliver(frames: number, lose: boolean): void {
    this.#serve();
    this.#toClient.splice(0, frames).forEach((frame, index) => (lose && index === 0 ? undefined : frame()));
  }

  async settle(): Promise<void> {
    // A last event shows every gap, as a living session does.
    this.append();
    for (let round = 0; round < 20; round += 1) {
      await this.turn();
      this.deliver(Infinity, false);
      this.clock.advance(60_000);
    }
  }

  #serve(): void {
    for (const frame of this.#toServer.splice(0)) {
      if (frame.type === 'chat.unsubscribe') this.#isSubscribed = false;
      if (frame.type !== 'chat.subscribe') continue;
      for (const { lastSeq = 0, epoch } of frame.sessions) this.#subscribe(lastSeq, epoch);
    }
  }

  #subscribe(seq: number, epoch: string | undefined): void {
    const epochs = this.log
      .filter(({ kind }) => kind === 'log_opened')
      .map((event) => ({ epoch: String(event['epoch']), bootId: '', fromSeq: event.seq }));
    const cursor = judgeCursor({ epochs, lastSeq: this.log.length }, { seq, epoch });
    const lastSeq = this.log.length;
    const subscribed = ChatSubscribed.parse({
      kind: 'chat_subscribed',
      sessionId: S,
      epoch: epochs.at(-1)?.epoch ?? null,
      lastSeq,
      cursor,
      isProcessing: false,
      pendingPermissions: [],
    });
    this.#isSubscribed = true;
    this.#toClient.push(() => this.subscriptions.onFrame(subscribed));
    for (const event of this.log.slice(cursor === 'ok' ? seq : 0)) this.#toClient.push(() => this.#hear(event));
  }

  #push(body: { kind: string; [field: string]: unknown }): void {
    this.#serve();
    const event: SessionEvent = { seq: this.log.length + 1, sessionId: S, at: '', ...body };
    this.log.push(event);
    if (this.#isSubscribed) this.#toClient.push(() => this.#hear(event));
  }

  #hear(event: SessionEvent): void {
    this.subscriptions.onEvent(event, JSON.stringify(event));
  }
}

describe('subscriptions', () => {
  it('[SEQ6] [A9] whatever is lost, cut or restarted, every reader ends with exactly the log', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const world = new World();
        world.join();
        for (const step of script) {
          if (step.type === 'append') for (let n = 0; n < step.count; n += 1) world.append();
          if (step.type === 'epoch') world.beginEpoch(Math.min(step.keep, world.log.length));
          if (step.type === 'deliver') world.deliver(step.frames, step.lose);
          if (step.type === 'reconnect') world.reconnect();
          if (step.type === 'join') world.join();
          if (step.type === 'join_beside') world.join(world.readers.at(-1));
          if (step.type === 'leave' && world.readers.length > 1) world.readers.shift()?.unsubscribe();
          if (step.type === 'turn') await world.turn();
          for (const { lines } of world.readers) {
            const seqs = lines.map((line) => (JSON.parse(line) as SessionEvent).seq);
            expect(seqs).toEqual(seqs.map((_, index) => index + 1));
          }
        }
        await world.settle();
        for (const { lines } of world.readers) expect(lines).toEqual(world.log.map((event) => JSON.stringify(event)));
      }),
      { numRuns: 500 },
    );
  });

  it('[SEQ5] a verdict on the hindmost reader is none on the foremost', async () => {
    const world = new World();
    world.join();
    for (let n = 0; n < 49; n += 1) world.append();
    await world.settle();
    world.join();
    await world.turn();
    // The late reader has some of its replay when the machine dies with the end of the log.
    for (let n = 0; n < 5; n += 1) world.deliver(2, false);
    world.beginEpoch(40);
    for (let n = 0; n < 30; n += 1) world.append();
    await world.settle();
    for (const { lines } of world.readers) expect(lines).toEqual(world.log.map((event) => JSON.stringify(event)));
  });
});
