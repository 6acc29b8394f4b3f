import { inject } from '@konui/client';
import { InjectPolicy, SessionId } from '@konui/protocol';
import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { chooseSession } from './choose-session.ts';
import { readText } from './read-text.ts';
import type { Talk, TalkWorld } from './talk-world.ts';
import { tidyOutput } from './tidy-output.ts';

export interface InjectFlags {
  readonly words: readonly string[];
  readonly session: string | undefined;
  readonly policy: string | undefined;
  readonly origin: string | undefined;
  readonly key: string | undefined;
  readonly asJson: boolean;
}

/** `konui inject`: what stands behind it, then what comes on stdin, as one prompt. */
export async function injectPrompt(talk: Talk, flags: InjectFlags, world: TalkWorld): Promise<void> {
  const policy = InjectPolicy.safeParse(flags.policy ?? 'queue').data;
  if (policy === undefined) {
    throw new ExitError(`--policy must be queue, steer or interrupt, not "${flags.policy}"`, EXIT_CODES.usage);
  }
  const text = tidyOutput(await readText(flags.words, world));
  if (text === '') throw new ExitError('there is nothing to inject: name a text, or pipe one in', EXIT_CODES.usage);
  const own = SessionId.safeParse(world.ownSession).data;
  const answer = await inject(talk.options, {
    text,
    policy,
    ...(flags.session === undefined ? {} : { sessionId: (await chooseSession(talk.api, flags.session)).sessionId }),
    ...(flags.origin === undefined ? {} : { origin: flags.origin }),
    ...(flags.key === undefined ? {} : { idempotencyKey: flags.key }),
    ...(own === undefined ? {} : { causedBy: own }),
  });
  const said =
    answer.promptId === null
      ? `waits for a review as kontask ${answer.kontaskId ?? ''}`
      : `injected into ${answer.sessionId}`;
  world.print(flags.asJson ? JSON.stringify(answer) : said);
}
