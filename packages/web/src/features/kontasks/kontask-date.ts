/** A moment as the pages say it: "8 Jan 2026, 1:11 pm"; in the viewer's zone unless another is named (B3). */
export function kontaskDate(iso: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hour12: true,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
  const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const time = `${get('hour')}:${get('minute')} ${get('dayPeriod').toLowerCase()}`;
  return `${get('day')} ${get('month')} ${get('year')}, ${time}`;
}
