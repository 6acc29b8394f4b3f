import type { HandOverRule, KontaskSummary } from '@konui/protocol';
import { isOfScope } from './take-choice.ts';

/** The first rule for a request; `sessionProject` is the project of the session that it came from. */
export function findRule(
  rules: readonly HandOverRule[],
  { targetUser, scope }: Pick<KontaskSummary, 'targetUser' | 'scope'>,
  sessionProject: string | undefined,
): HandOverRule | undefined {
  return rules.find((rule) => {
    if (rule.targetUser !== targetUser || rule.isPaused === true) return false;
    if (scope !== undefined) return isOfScope(rule.projectPath, scope);
    return sessionProject === undefined || sessionProject === rule.projectPath;
  });
}
