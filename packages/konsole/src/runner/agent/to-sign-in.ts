import { isRecord, type SignIn, type SignInMethod } from '@konui/protocol';
import type { AgentLaunch } from './agent-process.ts';

/** What a person can do: the agent's own methods (ACP `authMethods`), and the sign-in that the catalogue knows. */
export function toSignIn(authMethods: unknown, launch: AgentLaunch & { signInCommand?: readonly string[] }): SignIn {
  const { signInCommand } = launch;
  return {
    methods: Array.isArray(authMethods) ? authMethods.flatMap((method: unknown) => toMethod(method, launch)) : [],
    ...(signInCommand === undefined ? {} : { command: [...signInCommand] }),
  };
}

function toMethod(method: unknown, launch: AgentLaunch): SignInMethod[] {
  if (!isRecord(method) || typeof method['id'] !== 'string') return [];
  const { id, name, description } = method;
  return [
    {
      id,
      name: typeof name === 'string' ? name : id,
      ...(typeof description === 'string' ? { description } : {}),
      ...toCommand(method, launch),
    },
  ];
}

/** ACP "terminal" methods run the agent's own program; before there were those, agents named a command in `_meta`. */
function toCommand(method: Readonly<Record<string, unknown>>, launch: AgentLaunch): Partial<SignInMethod> {
  if (method['type'] === 'terminal') {
    const command = [launch.command, ...launch.args, ...toTexts(method['args'])];
    return { command, ...toEnv(method['env']) };
  }
  const meta = isRecord(method['_meta']) ? method['_meta']['terminal-auth'] : undefined;
  if (!isRecord(meta) || typeof meta['command'] !== 'string') return {};
  return { command: [meta['command'], ...toTexts(meta['args'])], ...toEnv(meta['env']) };
}

function toEnv(value: unknown): Partial<SignInMethod> {
  if (!isRecord(value)) return {};
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return texts.length === 0 ? {} : { env: Object.fromEntries(texts) };
}

function toTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
