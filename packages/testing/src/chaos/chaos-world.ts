import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type RunningKonui, startKonui } from '../konui/start-konui.ts';
import { type FaultProxy, startFaultProxy } from '../fault-proxy/fault-proxy.ts';
import { randomPlan } from '../fault-proxy/random-faults.ts';
import type { AgentUnderTest } from './agent-under-test.ts';
import { BareClient } from './clients/bare-client.ts';
import type { ChaosClient, CommandFrame } from './clients/chaos-client.ts';
import { SdkClient } from './clients/sdk-client.ts';
import { Journal } from './journal.ts';
import { ProcessChaos } from './process-chaos.ts';
import type { SeededRandom } from './seeded-random.ts';
import { SessionWatch } from './session-watch.ts';
import type { SessionEvent } from '@konui/protocol';

/** Without work for this long a runner leaves, so that prompts race with that. */
const IDLE_MS = 2500;
const PARALLEL_SESSIONS = 5;

/** A whole Konui behind a bad network, its clients, and the sessions that the driver follows. */
export class ChaosWorld {
  readonly konui: RunningKonui;
  readonly proxy: FaultProxy;
  readonly agent: AgentUnderTest;
  readonly random: SeededRandom;
  readonly journal: Journal;
  readonly processes: ProcessChaos;
  /** Behind the proxy. */
  readonly clients: readonly ChaosClient[];
  /** With a good connection: it answers and stops what would otherwise go on for ever. */
  readonly steward: BareClient;
  readonly sessions: SessionWatch[] = [];
  /** Every session so far, for processes that outlive theirs. */
  readonly sessionIds = new Set<string>();
  /** Commands as they were sent lately, to be sent again. */
  readonly sent: CommandFrame[] = [];
  readonly onEvent = new Set<(event: SessionEvent, watch: SessionWatch) => void>();
  /** Over all sessions, in milliseconds. */
  slowestStopMs = 0;
  readonly #ages = new Map<string, number>();

  constructor(parts: {
    konui: RunningKonui;
    proxy: FaultProxy;
    agent: AgentUnderTest;
    random: SeededRandom;
    journal: Journal;
  }) {
    const { konui, proxy, agent, random, journal } = parts;
    this.konui = konui;
    this.proxy = proxy;
    this.agent = agent;
    this.random = random;
    this.journal = journal;
    this.processes = new ProcessChaos({ konui, journal, program: agent.program, sessionIds: this.sessionIds });
    const base = { url: `http://127.0.0.1:${proxy.port}`, token: konui.token };
    this.clients = [
      ...['sdk-1', 'sdk-2', 'sdk-3'].map((name) => new SdkClient({ ...base, name, random: random.fork() })),
      new BareClient({ ...base, name: 'bare-1', random: random.fork(), resends: 1 }),
      new BareClient({ ...base, name: 'bare-2', random: random.fork(), resends: 0.5 }),
    ];
    this.steward = new BareClient({
      url: konui.url,
      token: konui.token,
      name: 'steward',
      random: random.fork(),
      resends: 1,
    });
  }

  get everyone(): readonly ChaosClient[] {
    return [...this.clients, this.steward];
  }

  /** Reads what the runners have written. */
  poll(): void {
    for (const session of this.sessions) session.poll();
  }

  /** Replaces sessions that have seen enough, so that logs stay short and beginnings are many. */
  async renewSessions(): Promise<void> {
    for (const session of Array.from(this.sessions)) {
      const age = (this.#ages.get(session.sessionId) ?? 0) + 1;
      this.#ages.set(session.sessionId, age);
      if (age > 4 && this.random.chance(0.15)) this.#retire(session);
    }
    while (this.sessions.length < PARALLEL_SESSIONS) await this.#addSession();
  }

  send(client: ChaosClient, frame: CommandFrame): void {
    const sent = client.command(frame);
    this.sent.push(sent);
    if (this.sent.length > 60) this.sent.shift();
  }

  async close(): Promise<void> {
    for (const client of this.everyone) client.close();
    this.processes.resumeAll();
    await this.proxy.close();
  }

  #retire(session: SessionWatch): void {
    this.sessions.splice(this.sessions.indexOf(session), 1);
    for (const client of this.everyone) client.forget(session.sessionId);
    for (let at = this.sent.length - 1; at >= 0; at -= 1) {
      if (this.sent[at]?.sessionId === session.sessionId) this.sent.splice(at, 1);
    }
  }

  /** Asks again under the same id while the gateway is not there: one session, however often it was asked for (HOST5). */
  async #createSession(sessionId: string): Promise<string> {
    const { konui, agent } = this;
    const giveUpAt = performance.now() + CREATE_PATIENCE_MS;
    for (;;) {
      const answer = await fetch(`${konui.url}/api/providers/sessions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${konui.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ sessionId, provider: agent.name, projectPath: konui.project }),
      }).catch((error: unknown) => error);
      if (answer instanceof Response && answer.ok) return sessionId;
      const isGone = !(answer instanceof Response) || answer.status === 503;
      if (!isGone || performance.now() > giveUpAt) {
        throw new Error(`no session: ${answer instanceof Response ? await answer.text() : String(answer)}`);
      }
      await delay(200);
    }
  }

  async #addSession(): Promise<void> {
    const { konui } = this;
    const sessionId = await this.#createSession(randomUUID());
    this.sessionIds.add(sessionId);
    const watch = new SessionWatch(konui.home, sessionId, (event) => {
      for (const listener of this.onEvent) listener(event, watch);
    });
    this.sessions.push(watch);
    this.steward.watch(sessionId);
    for (const client of this.clients) if (this.random.chance(0.75)) client.watch(sessionId);
  }
}

/** A gateway that was killed at the end of the round before is back well within this time. */
const CREATE_PATIENCE_MS = 60_000;

export async function startChaosWorld(agent: AgentUnderTest, random: SeededRandom): Promise<ChaosWorld> {
  const network = random.fork();
  const proxy = await startFaultProxy({ plan: () => randomPlan(network) });
  const konui = await startKonui({
    agents: { [agent.name]: agent.launch },
    flags: ['--allowed-hosts', `127.0.0.1:${proxy.port}`],
    env: { KONUI_IDLE_MS: String(IDLE_MS * agent.slowness) },
  });
  proxy.setTarget(Number(new URL(konui.url).port));
  return new ChaosWorld({ konui, proxy, agent, random, journal: new Journal() });
}
