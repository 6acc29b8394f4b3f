import { createSessionState, type SessionState } from './state.ts';

const UNSAID = ['lastSeq', 'updatedAt', 'epochs', 'openToolCalls', 'answered'] as const;

/**
 * What a session's log says of its runs, queue and requests at one place: what a reader of its end alone cannot fold.
 * In JSON a field without a value is absent.
 */
export type SessionSnapshot = {
  readonly [Field in Exclude<keyof SessionState, (typeof UNSAID)[number]>]: SessionState[Field] extends (infer Value)[]
    ? readonly Value[]
    : SessionState[Field];
};

/** Of a state, or of anything that says as much and more. */
export function toSessionSnapshot(state: SessionSnapshot): SessionSnapshot {
  const unsaid: ReadonlySet<string> = new Set(UNSAID);
  const fields = Object.keys(createSessionState()).filter((field) => !unsaid.has(field));
  return Object.fromEntries(Object.entries(state).filter(([field]) => fields.includes(field))) as SessionSnapshot;
}

/** A state after `lastSeq` that can be reduced further; its lists are its own. */
export function fromSessionSnapshot(snapshot: SessionSnapshot, lastSeq: number): SessionState {
  const own = Object.entries(toSessionSnapshot(snapshot)).map(([field, value]) => [
    field,
    Array.isArray(value) ? [...value] : value,
  ]);
  return { ...createSessionState(), ...(Object.fromEntries(own) as Partial<SessionState>), lastSeq };
}
