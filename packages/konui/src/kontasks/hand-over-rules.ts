import { type KontaskSummary, Provider } from '@konui/protocol';
import { z } from 'zod';
import { isOfScope } from './take-choice.ts';

/** Requests for somebody go to an agent in a project, without a person. */
export const HandOverRule = z.object({
  /** As requests name whom they are for. */
  targetUser: z.string().min(1).max(200),
  provider: Provider,
  projectPath: z.string().startsWith('/').max(4096),
  /** The permission mode that its runs go by, in sessions of their own. Default: the session's. */
  modeId: z.string().min(1).max(200).optional(),
});
export type HandOverRule = z.infer<typeof HandOverRule>;

/** The setting `hand-over` (SPEC KON8); without it nothing is handed over. */
export const HandOverSetting = z.object({ rules: z.array(HandOverRule).max(100) });
export type HandOverSetting = z.infer<typeof HandOverSetting>;

/** The first rule for a request; `sessionProject` is the project of the session that it came from. */
export function findRule(
  rules: readonly HandOverRule[],
  { targetUser, scope }: Pick<KontaskSummary, 'targetUser' | 'scope'>,
  sessionProject: string | undefined,
): HandOverRule | undefined {
  return rules.find((rule) => {
    if (rule.targetUser !== targetUser) return false;
    if (scope !== undefined) return isOfScope(rule.projectPath, scope);
    return sessionProject === undefined || sessionProject === rule.projectPath;
  });
}
