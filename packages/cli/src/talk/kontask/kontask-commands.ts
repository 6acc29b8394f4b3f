import { readFileSync } from 'node:fs';
import { createKontasksApi, type KontasksApi } from '@konui/client';
import { Kontask, KontaskChoice, KontaskId, KontaskQuery, type KontaskSummary } from '@konui/protocol';
import { EXIT_CODES, ExitError } from '../../exit-error.ts';
import type { Talk, TalkWorld } from '../talk-world.ts';
import { kontaskLine, kontaskText } from './print-kontask.ts';

/** What stands on the command line; each command takes its own part of it. */
export interface KontaskFlags {
  readonly asJson: boolean;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly type?: string | undefined;
  readonly status?: string | undefined;
  readonly scope?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly for?: string | undefined;
  readonly session?: string | undefined;
  readonly commit?: string | undefined;
  /** A file with HTML; `-` for stdin. */
  readonly output?: string | undefined;
  /** `label=value`; the first is the primary one. */
  readonly choices?: readonly string[] | undefined;
  readonly query?: string | undefined;
}

export async function listKontasks({ options }: Talk, flags: KontaskFlags, { print }: TalkWorld): Promise<void> {
  const query = KontaskQuery.safeParse({
    status: flags.status,
    type: flags.type,
    scope: flags.scope,
    tag: flags.tags,
    targetUser: flags.for,
    q: flags.query,
    limit: 200,
  });
  if (!query.success)
    throw new ExitError('--status must be requested, in_progress, completed, failed or cancelled', EXIT_CODES.usage);
  const { kontasks, total } = await createKontasksApi(options).list(query.data);
  if (flags.asJson) return print(JSON.stringify(kontasks, null, 2));
  for (const kontask of kontasks) print(kontaskLine(kontask));
  if (total > kontasks.length) print(`… and ${total - kontasks.length} more`);
  if (total === 0) print('there are no such kontasks');
}

export async function showKontask({ options }: Talk, flags: KontaskFlags, { print }: TalkWorld): Promise<void> {
  const answer = await createKontasksApi(options).get(requireId(flags));
  print(flags.asJson ? JSON.stringify(answer.kontask, null, 2) : kontaskText(answer));
}

export async function createKontask(talk: Talk, flags: KontaskFlags, world: TalkWorld): Promise<void> {
  const { title } = flags;
  if (title === undefined) throw new ExitError('a kontask needs a --title', EXIT_CODES.usage);
  const context = await contextOf(flags, world);
  const { kontask } = await apiOf(talk, world).create({
    title,
    context,
    ...fieldsOf(flags),
    ...(flags.id === undefined ? {} : { id: toId(flags.id) }),
    ...(world.ownSession === undefined ? {} : { sessionId: world.ownSession }),
  });
  world.print(flags.asJson ? JSON.stringify(kontask, null, 2) : kontask.id);
}

/** Ends a request: what was made of it is its output. */
export async function completeKontask(talk: Talk, flags: KontaskFlags, world: TalkWorld): Promise<void> {
  const status = flags.status ?? 'completed';
  if (status !== 'completed' && status !== 'failed') {
    throw new ExitError('--status must be completed or failed', EXIT_CODES.usage);
  }
  const context = await contextOf(flags, world);
  const { kontask } = await apiOf(talk, world).change(requireId(flags), {
    ...fieldsOf(flags),
    status,
    ...(Object.keys(context).length === 0 ? {} : { context }),
  });
  world.print(flags.asJson ? JSON.stringify(kontask, null, 2) : `${kontask.id} is ${kontask.status}`);
}

export async function importKontasks(talk: Talk, files: readonly string[], world: TalkWorld): Promise<void> {
  const api = createKontasksApi(talk.options);
  for (const file of files) {
    const parsed = Kontask.safeParse(parseJson(file, await readText(file, world)));
    if (!parsed.success) throw new ExitError(`${file} holds no kontask`, EXIT_CODES.failed);
    world.print((await api.import(parsed.data)).kontask.id);
  }
}

/** Each kontask that comes or changes, as a line, until Ctrl-C. */
export async function watchKontasks(talk: Talk, flags: KontaskFlags, { print, signal }: TalkWorld): Promise<void> {
  const isWanted = ({ targetUser, scope, status }: KontaskSummary): boolean =>
    (flags.for === undefined || targetUser === flags.for) &&
    (flags.scope === undefined || scope === flags.scope) &&
    (flags.status === undefined || status === flags.status);
  const connection = talk.openConnection();
  const stop = connection.onFrame('kontask_upserted', ({ kontask }) => {
    if (isWanted(kontask)) print(flags.asJson ? JSON.stringify(kontask) : kontaskLine(kontask));
  });
  try {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  } finally {
    stop();
    connection.close();
  }
}

/** An agent that runs the command is no person. */
function apiOf({ options }: Talk, { ownSession }: TalkWorld): KontasksApi {
  return createKontasksApi(ownSession === undefined ? options : { ...options, actingAs: 'agent' });
}

function fieldsOf({ description, type, scope, tags, for: targetUser }: KontaskFlags) {
  return {
    ...(description === undefined ? {} : { description }),
    ...(type === undefined ? {} : { type }),
    ...(scope === undefined ? {} : { scope }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(targetUser === undefined ? {} : { targetUser }),
  };
}

async function contextOf({ output, commit, choices }: KontaskFlags, world: TalkWorld) {
  return {
    ...(output === undefined ? {} : { output: await readText(output, world) }),
    ...(commit === undefined ? {} : { commitSha: commit }),
    ...(choices === undefined ? {} : { choices: choices.map(toChoice) }),
  };
}

function toId(text: string): KontaskId {
  const id = KontaskId.safeParse(text);
  if (id.success) return id.data;
  throw new ExitError('--id must be 1 to 128 of A-Z, a-z, 0-9, ".", "_", ":" and "-"', EXIT_CODES.usage);
}

function toChoice(text: string, index: number): KontaskChoice {
  const [label = '', ...value] = text.split('=');
  const choice = KontaskChoice.safeParse({ label, value: value.join('='), ...(index === 0 ? { primary: true } : {}) });
  if (choice.success) return choice.data;
  throw new ExitError(`--choice must be label=prompt, not "${text}"`, EXIT_CODES.usage);
}

function requireId({ id }: KontaskFlags): string {
  if (id === undefined) throw new ExitError('name the kontask: its id', EXIT_CODES.usage);
  return id;
}

async function readText(file: string, { readInput }: TalkWorld): Promise<string> {
  if (file === '-') return (await readInput()) ?? '';
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ExitError(`${file} cannot be read`, EXIT_CODES.failed, { cause: error });
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExitError(`${file} is no JSON`, EXIT_CODES.failed, { cause: error });
  }
}
