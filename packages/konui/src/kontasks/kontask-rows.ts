import { type Kontask, KontaskAction, KontaskChangeRecord, KontaskSummary, Kontask as Schema } from '@konui/protocol';

/** A kontask and what the gateway knows of it. */
export interface StoredKontask {
  readonly place: number;
  readonly kontask: Kontask;
  readonly version: number;
  readonly isUnread: boolean;
  readonly claimedBy: string | undefined;
  /** Of the request that made it. */
  readonly requestSha256: string | undefined;
}

type Told = Pick<StoredKontask, 'kontask' | 'version' | 'isUnread'>;
type Row = Readonly<Record<string, unknown>>;

export function toStored(row: Row): StoredKontask {
  const { claimed_by: claimedBy, request_sha256: requestSha256 } = row;
  return {
    place: Number(row['place']),
    kontask: Schema.parse(JSON.parse(String(row['record']))),
    version: Number(row['version']),
    isUnread: row['is_unread'] === 1,
    claimedBy: typeof claimedBy === 'string' ? claimedBy : undefined,
    requestSha256: typeof requestSha256 === 'string' ? requestSha256 : undefined,
  };
}

/** What a list shows and clients are told: nothing whose length has no limit. */
export function toSummary({ kontask, version, isUnread }: Told): KontaskSummary {
  return KontaskSummary.parse({ ...kontask, version, isUnread });
}

export function toSummaryOfRow(row: Row): KontaskSummary {
  return KontaskSummary.parse({
    ...JSON.parse(String(row['summary'])),
    version: Number(row['version']),
    isUnread: row['is_unread'] === 1,
  });
}

export function toChangeRecord(row: Row): KontaskChangeRecord {
  return KontaskChangeRecord.parse({ at: row['at'], by: JSON.parse(String(row['by'])), change: row['change'] });
}

export function toAction(row: Row): KontaskAction {
  return KontaskAction.parse({
    choiceIndex: row['choice_index'],
    at: row['at'],
    by: JSON.parse(String(row['by'])),
    sessionId: row['session_id'],
    promptId: row['prompt_id'],
  });
}
