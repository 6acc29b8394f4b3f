import { resolve } from 'node:path';
import { newId, PromptId, type SessionEvent, type SessionInfo } from '@konui/protocol';
import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { chooseSession } from './choose-session.ts';
import { followSession } from './follow-session.ts';
import { readText } from './read-text.ts';
import type { Talk, TalkWorld } from './talk-world.ts';
import { undelivered } from './undelivered.ts';

export interface PromptFlags {
  readonly words: readonly string[];
  readonly session: string | undefined;
  /** A new session with this agent … */
  readonly agent: string | undefined;
  /** … in this folder (default: the current one). */
  readonly project: string | undefined;
  /** Do not wait for the answer. */
  readonly isDetached: boolean;
  readonly asJson: boolean;
}

/** `konui prompt`: asks, and prints the answer as it streams. Resolves to the exit code: 0 where the run succeeded. */
export async function sendPrompt(talk: Talk, flags: PromptFlags, world: TalkWorld): Promise<number> {
  const text = await readText(flags.words, world);
  if (text === '') throw new ExitError('there is no prompt: name a text, or pipe one in', EXIT_CODES.usage);
  const { sessionId, lastSeq } = await openSession(talk, flags, world);
  const connection = talk.openConnection();
  try {
    const promptId = newId(PromptId);
    const { settled } = connection.send(sessionId, text, { clientMessageId: promptId });
    const outcome = await settled;
    if (outcome.state !== 'accepted') throw undelivered(outcome);
    if (flags.isDetached) {
      world.print(flags.asJson ? JSON.stringify({ sessionId, promptId }) : `sent to ${sessionId}`);
      return 0;
    }
    const isLast = lastEventOf(promptId);
    const end = await followSession(connection, { sessionId, after: lastSeq, asJson: flags.asJson, isLast }, world);
    return end !== undefined && 'success' in end && end['success'] === true ? 0 : EXIT_CODES.failed;
  } finally {
    connection.close();
  }
}

async function openSession({ api }: Talk, flags: PromptFlags, { cwd }: TalkWorld): Promise<SessionInfo> {
  if (flags.agent === undefined) return chooseSession(api, flags.session);
  return api.sessions.create({ provider: flags.agent, projectPath: resolve(cwd, flags.project ?? '.') });
}

/** The end of the run that answers the prompt, or what shows that there will be none. */
function lastEventOf(promptId: string): (event: SessionEvent) => boolean {
  let runId: unknown;
  return (event) => {
    const fields: Readonly<Record<string, unknown>> = event;
    if (event.kind === 'run_started' && fields['promptId'] === promptId) ({ runId } = fields);
    if (event.kind === 'prompt_removed' && fields['promptId'] === promptId) return true;
    if (event.kind === 'command_rejected' && fields['commandId'] === promptId) return true;
    return event.kind === 'complete' && runId !== undefined && fields['runId'] === runId;
  };
}
