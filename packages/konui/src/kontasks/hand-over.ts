import {
  CommandId,
  type HandOverRule,
  HandOverSetting,
  HistoryAnswer,
  type KontaskSummary,
  KonuiError,
  newId,
  type Origin,
  SessionId,
  SessionInfo,
} from '@konui/protocol';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { AgentHost } from '../host.ts';
import { checkAgent, findRule } from './hand-over-rules.ts';
import type { HandOverTable, StoredHandOver } from './hand-over-table.ts';
import { handOverText } from './hand-over-text.ts';
import type { Acting, Kontasks } from './kontasks.ts';

export interface HandOverOptions {
  readonly kontasks: Kontasks;
  readonly host: Pick<
    AgentHost,
    'providers' | 'sessions' | 'session' | 'createSession' | 'configure' | 'sendPrompt' | 'history'
  >;
  readonly table: HandOverTable;
  /** The setting as it is stored. */
  readonly setting: () => unknown;
  /** Takes one hand-over of a rule; how long to wait where there were too many, in milliseconds. */
  readonly takeTurn: (name: string) => number | undefined;
  readonly log: Logger;
}

/** Requests are news to the agent alone. */
const ACTING: Acting = { by: { type: 'system', reason: 'hand_over' }, name: 'konui' };
/** The end of a run is among the last events. */
const PAGE_BYTES = 64 * 1024;
const SessionsAnswer = z.object({ sessions: z.array(SessionInfo) });

/**
 * Gives requests to agents without a person, where the setting says so (SPEC KON8): each is claimed and becomes a prompt,
 * once, whichever process dies meanwhile.
 */
export class HandOver {
  readonly #options: HandOverOptions;
  #pass: Promise<void> | undefined;
  #isAgainWanted = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: HandOverOptions) {
    this.#options = options;
  }

  /** Looks for something to do: after a request, a run's end, a change of the setting, and when the host is back. */
  check(): void {
    if (this.#isClosed) return;
    if (this.#pass !== undefined) {
      this.#isAgainWanted = true;
      return;
    }
    this.#pass = this.#checkAll().finally(() => {
      this.#pass = undefined;
      if (!this.#isAgainWanted) return;
      this.#isAgainWanted = false;
      this.check();
    });
  }

  /** Whether a session's rest may be the end of a run that was begun here. */
  concerns(session: SessionInfo): boolean {
    if (session.runId !== null || session.queuedPrompts > 0) return false;
    return this.#options.table.in('sent').some(({ sessionId }) => sessionId === session.sessionId);
  }

  /** Resolves when nothing more is done; what is open is finished after the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#pass;
  }

  async #checkAll(): Promise<void> {
    const { table } = this.#options;
    await this.#eachOf(table.in('sent'), (sent) => this.#noteEnd(sent));
    await this.#eachOf(table.in('decided'), (decided) => this.#carryOut(decided));
    const rules = HandOverSetting.safeParse(this.#options.setting()).data?.rules ?? [];
    const names = new Set(rules.map(({ targetUser }) => targetUser));
    for (const name of names) {
      await this.#eachOf(this.#options.kontasks.requestsFor(name), (request) => this.#handOver(request, rules));
    }
  }

  /** One that fails keeps no other from being handed over. */
  async #eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    for (const item of items) {
      if (this.#isClosed) return;
      try {
        await work(item);
      } catch (error) {
        this.#options.log.warn({ err: error, item }, 'a request was not handed over');
      }
    }
  }

  async #handOver(request: KontaskSummary, rules: readonly HandOverRule[]): Promise<void> {
    const { table } = this.#options;
    if (table.knows(request.id, request.version)) return;
    const rule = findRule(rules, request, request.scope === undefined ? await this.#projectOf(request) : undefined);
    if (rule === undefined) return;
    const waitMs = this.#options.takeTurn(`${rule.targetUser} ${rule.projectPath}`);
    if (waitMs !== undefined) {
      this.#options.log.warn({ kontaskId: request.id, waitMs }, 'too many requests were handed over; it waits');
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.check();
      }, waitMs).unref();
      return;
    }
    const sessionId = await this.#latestSession(rule);
    const decided: StoredHandOver = {
      kontaskId: request.id,
      version: request.version,
      sessionId: sessionId ?? newId(SessionId),
      promptId: newId(CommandId),
      configureId: newId(CommandId),
      provider: rule.provider,
      projectPath: sessionId === undefined ? rule.projectPath : undefined,
      modeId: rule.modeId,
    };
    table.add(decided);
    await this.#carryOut(decided);
  }

  async #carryOut(decided: StoredHandOver): Promise<void> {
    const { kontasks, host, table } = this.#options;
    const { kontaskId, sessionId, promptId, configureId, provider, projectPath, modeId } = decided;
    const by: Origin = { type: 'kontask', kontaskId };
    try {
      // In a session that is there, the host would take a prompt that nobody can work on.
      await checkAgent(provider, host);
      if (projectPath !== undefined) await host.createSession({ sessionId, provider, projectPath });
      if (modeId !== undefined) {
        await host.configure(sessionId, { commandId: configureId, by, option: { type: 'mode', modeId } });
      }
      const { kontask } = kontasks.claim(kontaskId, { claimId: promptId, by: provider }, ACTING);
      const content = [{ type: 'text' as const, text: handOverText(kontask) }];
      await host.sendPrompt(sessionId, { commandId: promptId, by, content });
      table.setState(decided, 'sent');
      kontasks.note(kontaskId, `handed over to ${provider} in session ${sessionId}`, ACTING);
    } catch (error) {
      if (!(error instanceof KonuiError) || error.code === 'HOST_UNREACHABLE') throw error;
      table.setState(decided, 'over');
      // Somebody else took it, or it was removed: there is nothing to say.
      if (error.code === 'KONTASK_STATE' || error.code === 'KONTASK_NOT_FOUND') return;
      kontasks.note(kontaskId, `not handed over to ${provider}: ${error.message}`, ACTING);
    }
  }

  /** A run that ended without finishing its request leaves it in progress; a person hears of it there. */
  async #noteEnd(sent: StoredHandOver): Promise<void> {
    const { kontasks, host, table } = this.#options;
    const { body } = await host.history(sent.sessionId, { bytes: PAGE_BYTES });
    const { context, events } = HistoryAnswer.parse(JSON.parse(body.toString('utf8')));
    const all: Readonly<Record<string, unknown>>[] = [...context, ...events];
    const run = all.find(({ kind, promptId }) => kind === 'run_started' && promptId === sent.promptId);
    const isRemoved = all.some(({ kind, promptId }) => kind === 'prompt_removed' && promptId === sent.promptId);
    const end = all.find(({ kind, runId }) => kind === 'complete' && run !== undefined && runId === run['runId']);
    if (end === undefined && !isRemoved) return;
    table.setState(sent, 'over');
    if (!kontasks.isClaimedBy(sent.kontaskId, sent.promptId)) return;
    const how = isRemoved
      ? 'the prompt was removed'
      : `the run ended (${JSON.stringify(end?.['stopReason'] ?? 'unknown')})`;
    kontasks.note(sent.kontaskId, `${how} without finishing this`, ACTING);
  }

  async #projectOf({ sessionId }: KontaskSummary): Promise<string | undefined> {
    if (sessionId === undefined) return undefined;
    const { body } = await this.#options.host.session(sessionId);
    return z.object({ projectPath: z.string() }).safeParse(JSON.parse(body.toString('utf8'))).data?.projectPath;
  }

  /**
   * Where a rule says a permission mode, only a session that was made for it: in a person's the mode would change under
   * them, or an unattended run go by whatever they allow there.
   */
  async #latestSession({ provider, projectPath, modeId }: HandOverRule): Promise<SessionId | undefined> {
    const made = modeId === undefined ? undefined : this.#options.table.madeFor({ provider, projectPath, modeId });
    const { body } = await this.#options.host.sessions();
    const { sessions } = SessionsAnswer.parse(JSON.parse(body.toString('utf8')));
    const [latest] = sessions
      .filter((each) => !each.archived && each.provider === provider && each.projectPath === projectPath)
      .filter(({ sessionId }) => made === undefined || made.has(sessionId))
      .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt));
    return latest?.sessionId;
  }
}
