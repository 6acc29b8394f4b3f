import { KonuiError } from '@konui/protocol';
import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { findGateway, locateGateway } from './find-gateway.ts';
import { injectPrompt } from './inject-command.ts';
import {
  completeKontask,
  createKontask,
  importKontasks,
  type KontaskFlags,
  listKontasks,
  showKontask,
  watchKontasks,
} from './kontask/kontask-commands.ts';
import { sendPrompt } from './prompt-command.ts';
import { listSessions } from './sessions-command.ts';
import { stopSession } from './stop-command.ts';
import { tailSession } from './tail-command.ts';
import { type TalkCommandLine, type TalkFlags, textOf } from './talk-command-line.ts';
import type { TalkCommand } from './talk-commands.ts';
import { createTalk, type Talk, type TalkWorld } from './talk-world.ts';

/** Does a command that talks to a gateway; resolves to the exit code. Rejects with an ExitError of one line. */
export async function runTalk(line: TalkCommandLine, world: TalkWorld): Promise<number> {
  const { command } = line;
  if (command === 'mcp') return serveTools(line, world);
  const { url, token } = findGateway(line.home, line);
  try {
    return await dispatch(line, command, { talk: createTalk(url, token), world });
  } catch (error) {
    if (!(error instanceof KonuiError)) throw error;
    const exitCode = error.code === 'HOST_UNREACHABLE' ? EXIT_CODES.notRunning : EXIT_CODES.failed;
    throw new ExitError(error.message, exitCode, { code: error.code, cause: error });
  }
}

/** An agent may be started while the gateway is down: its tools are there, and what it calls waits. */
async function serveTools(line: TalkCommandLine, world: TalkWorld): Promise<number> {
  const find = () => locateGateway(line.home, line);
  find();
  // Its library is large, and no other command needs it.
  const { serveMcp } = await import('./mcp/serve-mcp.ts');
  const { session, provider } = line.flags;
  await serveMcp({
    identity: { sessionId: textOf(session) ?? world.ownSession, provider: textOf(provider) },
    find,
    signal: world.signal,
  });
  return 0;
}

async function dispatch(
  line: TalkCommandLine,
  command: Exclude<TalkCommand, 'mcp'>,
  { talk, world }: { talk: Talk; world: TalkWorld },
): Promise<number> {
  const { asJson, flags, words } = line;
  const flag = (name: string): string | undefined => textOf(flags[name]);
  const spoken = words.length === 0 ? undefined : words.join(' ');
  switch (command) {
    case 'sessions':
      await listSessions(talk, { asJson, isRunningOnly: flags['running'] === true }, world);
      return 0;
    case 'prompt':
      return sendPrompt(
        talk,
        {
          words,
          session: flag('session'),
          agent: flag('agent'),
          project: flag('project'),
          isDetached: flags['detach'] === true,
          asJson,
        },
        world,
      );
    case 'tail':
      await tailSession(talk, { session: spoken ?? flag('session'), after: toSeq(flag('after')), asJson }, world);
      return 0;
    case 'inject': {
      const [session, policy, origin, key] = ['session', 'policy', 'origin', 'key'].map(flag);
      await injectPrompt(talk, { words, session, policy, origin, key, asJson }, world);
      return 0;
    }
    case 'stop-session':
      await stopSession(talk, { session: spoken ?? '', asJson }, world);
      return 0;
    case 'kontask list':
      await listKontasks(talk, kontaskFlags(line), world);
      return 0;
    case 'kontask show':
      await showKontask(talk, kontaskFlags(line), world);
      return 0;
    case 'kontask create':
      await createKontask(talk, kontaskFlags(line), world);
      return 0;
    case 'kontask complete':
      await completeKontask(talk, kontaskFlags(line), world);
      return 0;
    case 'kontask import':
      await importKontasks(talk, words.length === 0 ? ['-'] : words, world);
      return 0;
    case 'kontask watch':
      await watchKontasks(talk, kontaskFlags(line), world);
      return 0;
  }
}

function kontaskFlags({ asJson, flags, words }: TalkCommandLine): KontaskFlags {
  const list = (value: TalkFlags[string]): readonly string[] | undefined =>
    Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
  return {
    asJson,
    id: words[0] ?? textOf(flags['id']),
    title: textOf(flags['title']),
    description: textOf(flags['description']),
    type: textOf(flags['type']),
    status: textOf(flags['status']),
    scope: textOf(flags['scope']),
    tags: list(flags['tag']),
    for: textOf(flags['for']),
    commit: textOf(flags['commit']),
    output: textOf(flags['output']),
    choices: list(flags['choice']),
    query: textOf(flags['query']),
  };
}

function toSeq(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new ExitError(`--after must be a whole number, not "${value}"`, EXIT_CODES.usage);
}
