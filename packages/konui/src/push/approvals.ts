import type { DatabaseSync } from 'node:sqlite';
import { CommandId, KonuiError, newId, type Origin, RequestId, SessionId } from '@konui/protocol';
import type { Authorization } from '../access/authorization.ts';
import { createSecret, hashSecret } from '../access/secret.ts';
import type { AgentHost } from '../host.ts';
import type { Identity } from '../identity.ts';
import { toOrigin } from '../identity.ts';

const VALID_MS = 24 * 60 * 60 * 1000;

export interface ApprovalsOptions {
  readonly database: DatabaseSync;
  readonly host: Pick<AgentHost, 'answerPermission' | 'sessionState'>;
  readonly authorization: Authorization;
  readonly now: () => Date;
}

/** The one answer that a token gives. */
export interface ApprovalOf {
  readonly sessionId: string;
  readonly requestId: string;
  readonly optionId: string;
  /** Whose notification holds it: it may do no more than they. */
  readonly identity: Identity;
}

/** Single-use tokens, each for one answer to one permission; stored as SHA-256 (SPEC PUSH5). */
export class Approvals {
  readonly #options: ApprovalsOptions;
  readonly #underWay = new Set<string>();

  constructor(options: ApprovalsOptions) {
    this.#options = options;
  }

  create({ sessionId, requestId, optionId, identity }: ApprovalOf): string {
    const token = createSecret();
    const expiresAt = new Date(this.#options.now().getTime() + VALID_MS).toISOString();
    this.#options.database
      .prepare('INSERT INTO push_approvals VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)')
      .run(
        hashSecret(token),
        sessionId,
        requestId,
        optionId,
        newId(CommandId),
        identity.tokenId ?? null,
        identity.user ?? null,
        expiresAt,
      );
    return token;
  }

  /**
   * Gives the answer that the token stands for. Undefined for a token that never was. Rejects with PERMISSION_NOT_FOUND
   * when it was used or the request is closed, with FORBIDDEN, or with the host's error: then it may be tried again.
   */
  async redeem(token: string): Promise<ApprovalOf | undefined> {
    const { database, host, authorization } = this.#options;
    const row = database.prepare('SELECT * FROM push_approvals WHERE sha256 = ?').get(hashSecret(token));
    if (row === undefined) return undefined;
    const approval: ApprovalOf = {
      sessionId: String(row['session_id']),
      requestId: String(row['request_id']),
      optionId: String(row['option_id']),
      identity: { tokenId: textOf(row['token_id']), user: textOf(row['user']), device: 'notification' },
    };
    const { requestId, optionId, identity } = approval;
    if (row['closed_at'] !== null || this.#underWay.has(requestId)) throw closed('it was answered already');
    if (String(row['expires_at']) <= this.#options.now().toISOString()) throw closed('the notification is too old');
    const sessionId = SessionId.parse(approval.sessionId);
    authorization.check(identity, ['answer']);
    this.#underWay.add(requestId);
    try {
      await authorization.checkSession(identity, sessionId);
      const { pendingPermissions } = await host.sessionState(sessionId);
      if (!pendingPermissions.some((pending) => pending.requestId === requestId)) {
        this.close(requestId);
        throw closed('it was answered already');
      }
      // Always the same command: an answer that was on its way when the gateway died is not given twice.
      const commandId = CommandId.parse(row['command_id']);
      const by: Origin = toOrigin(identity);
      await host.answerPermission(sessionId, { commandId, by, requestId: RequestId.parse(requestId), optionId });
      this.close(requestId);
    } finally {
      this.#underWay.delete(requestId);
    }
    return approval;
  }

  /** The request was answered or is over: its tokens say so from now on, and are forgotten a day later. */
  close(requestId: string): void {
    const { database, now } = this.#options;
    database
      .prepare('UPDATE push_approvals SET closed_at = ? WHERE request_id = ? AND closed_at IS NULL')
      .run(now().toISOString(), requestId);
    const forgottenBefore = new Date(now().getTime() - VALID_MS).toISOString();
    database.prepare('DELETE FROM push_approvals WHERE expires_at < ?').run(forgottenBefore);
  }
}

function closed(why: string): KonuiError {
  return new KonuiError('PERMISSION_NOT_FOUND', `this request is no longer open: ${why}`);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
