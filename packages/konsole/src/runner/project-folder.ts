import { KonuiError } from '@konui/protocol';
import { statSync } from 'node:fs';

/** Throws PROJECT_NOT_FOUND. */
export function assertFolder(projectPath: string): void {
  if (statSync(projectPath, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new KonuiError(
    'PROJECT_NOT_FOUND',
    `The project folder ${projectPath} does not exist any more. Create it, or start a session elsewhere.`,
  );
}
