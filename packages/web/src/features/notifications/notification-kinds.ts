/** What a person may want to hear of, as the gateway names it. */
export const NOTIFICATION_KINDS = ['permissions', 'questions', 'finished', 'limits', 'kontasks'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Whether each kind is wanted on this device. */
export type NotificationChoice = Readonly<Record<NotificationKind, boolean>>;

/** What was stored on this device; what is missing or of another shape is wanted. */
export function toNotificationChoice(stored: unknown): NotificationChoice {
  const fields: Readonly<Record<string, unknown>> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const isWanted = (kind: NotificationKind): boolean => fields[kind] !== false;
  return {
    permissions: isWanted('permissions'),
    questions: isWanted('questions'),
    finished: isWanted('finished'),
    limits: isWanted('limits'),
    kontasks: isWanted('kontasks'),
  };
}
