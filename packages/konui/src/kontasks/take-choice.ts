import { basename } from 'node:path';
import {
  type ChoiceRequest,
  CommandId,
  isRecord,
  type Kontask,
  type KontaskAction,
  KontaskChange,
  KonuiError,
  type Origin,
  REVIEW_TYPE,
  SessionId,
} from '@konui/protocol';
import type { AgentHost } from '../host.ts';
import type { Kontasks } from './kontasks.ts';

export interface TakeChoiceOptions {
  readonly kontasks: Kontasks;
  readonly host: Pick<AgentHost, 'sendPrompt' | 'sessions'>;
}

export interface TakenChoice {
  readonly kontaskId: string;
  readonly index: number;
  readonly request: ChoiceRequest;
  readonly by: Origin;
  /** Throws FORBIDDEN. */
  readonly checkSession: (sessionId: SessionId) => Promise<void>;
}

/**
 * Sends a choice's value as a prompt. The action is stored before it is forwarded, under the prompt's id: sent again it
 * goes to the same session, which does it once (SPEC KON5).
 */
export async function takeChoice({ kontasks, host }: TakeChoiceOptions, taken: TakenChoice): Promise<KontaskAction> {
  const { kontaskId, index, request, by } = taken;
  const { kontask, choice } = kontasks.choice(kontaskId, index);
  let action = kontasks.knownAction(kontaskId, index, request);
  let isNew = false;
  if (action === undefined) {
    if (request.value !== undefined && request.value !== choice.value) {
      throw new KonuiError('KONTASK_CHANGED', 'this choice stands for something else now; look at it again');
    }
    const sessionId = request.sessionId ?? kontask.sessionId ?? (await latestSessionOf(kontask, host));
    await taken.checkSession(sessionId);
    // The same request may have come again while the session was looked for.
    action = kontasks.knownAction(kontaskId, index, request);
    isNew = action === undefined;
    if (isNew) kontasks.recordAction(kontaskId, { choiceIndex: index, promptId: request.promptId, sessionId, by });
    action ??= kontasks.knownAction(kontaskId, index, request);
  }
  if (action === undefined) throw new KonuiError('INTERNAL_ERROR', 'the action could not be stored');
  try {
    await host.sendPrompt(action.sessionId, {
      commandId: CommandId.parse(request.promptId),
      by: {
        type: 'kontask',
        kontaskId,
        ...(by.type === 'person' && by.tokenId !== undefined ? { tokenId: by.tokenId } : {}),
      },
      content: [{ type: 'text', text: choice.value }],
    });
  } catch (error) {
    // Refused rather than lost: there is no prompt that the action would stand for.
    if (isNew && error instanceof KonuiError && !error.isRetryable) kontasks.forgetAction(kontaskId, action);
    throw error;
  }
  if (kontask.type === REVIEW_TYPE && kontask.status === 'requested') {
    const change = KontaskChange.parse({ status: 'completed' });
    kontasks.change(kontaskId, { change, version: undefined }, { by, name: 'person' });
  }
  return action;
}

/** The session of the scope's project that changed last (B11). Throws SESSION_REQUIRED. */
async function latestSessionOf({ scope }: Kontask, host: Pick<AgentHost, 'sessions'>): Promise<SessionId> {
  const answer: unknown = JSON.parse((await host.sessions()).body.toString('utf8'));
  const rows = isRecord(answer) && Array.isArray(answer['sessions']) ? answer['sessions'].filter(isRecord) : [];
  const [latest] = rows
    .filter((row) => row['archived'] !== true && scope !== undefined && isOfScope(String(row['projectPath']), scope))
    .toSorted((one, other) => String(other['updatedAt']).localeCompare(String(one['updatedAt'])));
  if (latest === undefined) {
    const why = scope === undefined ? 'this kontask names no project' : `no session works on ${scope}`;
    throw new KonuiError('SESSION_REQUIRED', `${why}; choose the session that the prompt is for`);
  }
  return SessionId.parse(latest['sessionId']);
}

/** A scope names a project by its folder's name or its whole path. */
export function isOfScope(projectPath: string, scope: string): boolean {
  return projectPath === scope || basename(projectPath) === scope;
}
