import { AccessRight } from '@konui/protocol';

/** What whoever signed in may do, and with which sessions (SPEC ACC6). */
export interface Access {
  readonly rights: ReadonlySet<AccessRight>;
  /** Undefined: with all sessions. */
  readonly bounds: Bounds | undefined;
  /** What it injects waits until a person sends it (SPEC INJ5). */
  readonly needsReview?: true;
}

/** The sessions that a token is bound to: these, and those of these projects. */
export interface Bounds {
  readonly sessionIds: readonly string[];
  readonly projectPaths: readonly string[];
}

/** A session, as far as it is known here. */
export interface BoundSession {
  readonly sessionId: string;
  readonly projectPath?: string | undefined;
}

const ALL_RIGHTS: readonly AccessRight[] = AccessRight.options;

export const FULL_ACCESS: Access = { rights: new Set(ALL_RIGHTS), bounds: undefined };
/** Of a token that is no more. */
export const NO_ACCESS: Access = { rights: new Set(), bounds: { sessionIds: [], projectPaths: [] } };

export function isFull({ rights, bounds }: Access): boolean {
  return bounds === undefined && ALL_RIGHTS.every((right) => rights.has(right));
}

export function covers({ bounds }: Access, { sessionId, projectPath }: BoundSession): boolean {
  if (bounds === undefined || bounds.sessionIds.includes(sessionId)) return true;
  return projectPath !== undefined && bounds.projectPaths.includes(projectPath);
}

/** Whether `other` may do nothing that `access` may not; `projectOf` knows the projects of sessions. */
export function includes(access: Access, other: Access, projectOf: (sessionId: string) => string | undefined): boolean {
  const { bounds } = access;
  if ([...other.rights].some((right) => !access.rights.has(right))) return false;
  if (bounds === undefined) return true;
  if (other.bounds === undefined) return false;
  return (
    other.bounds.projectPaths.every((path) => bounds.projectPaths.includes(path)) &&
    other.bounds.sessionIds.every((sessionId) => covers(access, { sessionId, projectPath: projectOf(sessionId) }))
  );
}
