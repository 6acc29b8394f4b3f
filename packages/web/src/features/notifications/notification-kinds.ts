/** What a person may want to hear of. */
export const NOTIFICATION_KINDS = ['permission', 'question', 'finished', 'failed', 'limit'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Whether each kind is wanted. */
export type NotificationChoice = Readonly<Record<NotificationKind, boolean>>;

/** The agent's questions hold up its work; all else can wait until somebody looks. */
export const USUAL_CHOICE: NotificationChoice = {
  permission: true,
  question: true,
  finished: true,
  failed: true,
  limit: true,
};

/** What was stored, on this device or at the gateway; what is missing or of another shape is as usual. */
export function toNotificationChoice(stored: unknown): NotificationChoice {
  const fields: Readonly<Record<string, unknown>> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const choice: Record<NotificationKind, boolean> = { ...USUAL_CHOICE };
  for (const kind of NOTIFICATION_KINDS) if (typeof fields[kind] === 'boolean') choice[kind] = fields[kind];
  return choice;
}
