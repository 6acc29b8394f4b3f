import type { QueueChange as VersionedChange } from '@konui/client';

type WithoutVersion<Change> = Change extends { promptId: string } ? Omit<Change, 'queueVersion'> : Change;

/** A change of the queue as a person means it; the version that was seen is the store's to add. */
export type QueueChange = WithoutVersion<VersionedChange>;

/** What became of a change: made, or why not. `stale`: the queue was no longer the one that was seen. */
export type QueueOutcome =
  | { readonly state: 'done' }
  | { readonly state: 'stale' }
  | { readonly state: 'not_queued' }
  | { readonly state: 'failed'; readonly message: string };
