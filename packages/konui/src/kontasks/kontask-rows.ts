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

/** What a list shows: no output, no choices. */
export function toSummaryFields(kontask: Kontask): object {
  const { context, ...fields } = kontask;
  const { output: _output, choices: _choices, ...rest } = context;
  return { ...fields, context: rest };
}

export function toSummary(row: Row): KontaskSummary {
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
