import type { PermissionItem } from '@konui/client';
import * as en from '../../text/en.ts';

/** A closed permission in words. */
export function permissionText(item: Pick<PermissionItem, 'toolCall' | 'options' | 'resolution'>, who: string): string {
  const what = item.toolCall.title ?? en.tool.untitled;
  const { resolution } = item;
  if (resolution?.optionId === undefined) return en.permission.closed(what);
  if (resolution.optionKind?.startsWith('allow') === true) return en.permission.allowed(what, who);
  if (resolution.optionKind?.startsWith('reject') === true) return en.permission.rejected(what, who);
  return en.permission.answered(what, who);
}
