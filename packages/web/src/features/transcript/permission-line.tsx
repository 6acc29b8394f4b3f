import type { ReactNode } from 'react';
import type { PermissionItem } from '@konui/client';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { originText } from '../../ui/origin-text.ts';
import { permissionText } from './permission-text.ts';

/** How a permission was answered, and by whom. */
export function PermissionLine({ item }: { item: PermissionItem }): ReactNode {
  if (item.resolution === undefined) return null;
  const isAllowed = item.resolution.optionKind?.startsWith('allow') === true;
  return (
    <p className="line-note" data-testid="permission-answer" data-seq={item.key}>
      <Icon name={isAllowed ? 'check' : 'cross'} />
      <span>
        <span className="line-what">{permissionText(item, originText(item.resolution.by))}</span>
        {item.resolution.message !== undefined && en.permission.because(item.resolution.message)}
      </span>
    </p>
  );
}
