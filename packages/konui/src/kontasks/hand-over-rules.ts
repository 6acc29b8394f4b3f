import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { HandOverRule, type HandOverSetting, type KontaskSummary, KonuiError, Provider } from '@konui/protocol';
import { z } from 'zod';
import type { AgentHost } from '../host.ts';
import { isOfScope } from './take-choice.ts';

/** The first rule for a request, none where nothing names its project; `sessionProject` is the project of the session that it came from. */
export function findRule(
  rules: readonly HandOverRule[],
  { targetUser, scope }: Pick<KontaskSummary, 'targetUser' | 'scope'>,
  sessionProject: string | undefined,
): HandOverRule | undefined {
  return rules.find((rule) => {
    if (rule.targetUser !== targetUser || rule.isPaused === true) return false;
    if (scope !== undefined) return isOfScope(rule.projectPath, scope);
    return sessionProject === rule.projectPath;
  });
}

/** As it is set: what nothing would read is a mistake. */
export const StrictHandOver = z.strictObject({ rules: z.array(z.strictObject(HandOverRule.shape)).max(100) });

/** Throws INVALID_MESSAGE for rules that can hand nothing over. `kept` may name folders that are gone since. */
export function checkRules({ rules }: HandOverSetting, kept: readonly HandOverRule[]): void {
  const seen = new Set<string>();
  for (const { targetUser, provider, projectPath } of rules) {
    const key = JSON.stringify([targetUser, provider, projectPath]);
    if (seen.has(key)) throw invalid(`two rules give requests for ${targetUser} to ${provider} in ${projectPath}`);
    seen.add(key);
    if (kept.some((rule) => rule.projectPath === projectPath)) continue;
    if (resolve(projectPath) !== projectPath) throw invalid(`write ${projectPath} as ${resolve(projectPath)}`);
    if (statSync(projectPath, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw invalid(`the folder ${projectPath} does not exist`);
    }
  }
}

/** Throws UNSUPPORTED_PROVIDER for a new rule whose agent there is not; `kept` may name agents that are gone since. */
export async function checkAgents(
  { rules }: HandOverSetting,
  kept: readonly HandOverRule[],
  host: Pick<AgentHost, 'providers'>,
): Promise<void> {
  const added = rules.map(({ provider }) => provider).filter((name) => kept.every(({ provider }) => provider !== name));
  for (const provider of new Set(added)) await checkAgent(provider, host);
}

const ProvidersAnswer = z.object({ providers: z.array(z.object({ provider: Provider })) });

/** Throws UNSUPPORTED_PROVIDER where there is no agent of that name, by now or at all. */
export async function checkAgent(name: Provider, host: Pick<AgentHost, 'providers'>): Promise<void> {
  const { body } = await host.providers();
  const { providers } = ProvidersAnswer.parse(JSON.parse(body.toString('utf8')));
  if (providers.some(({ provider }) => provider === name)) return;
  throw new KonuiError('UNSUPPORTED_PROVIDER', `there is no agent "${name}"`);
}

function invalid(detail: string): KonuiError {
  return new KonuiError('INVALID_MESSAGE', detail);
}
