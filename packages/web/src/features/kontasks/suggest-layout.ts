import { isRecord, type Kontask, type LayoutField, type LayoutFormat } from '@konui/protocol';

/** Shown elsewhere on the page. */
const SHOWN_ALREADY: ReadonlySet<string> = new Set(['output', 'choices', 'commitSha']);
const MAX_FIELDS = 50;

/** The text of a layout with what a kontask holds besides its report; without a kontask, one to begin with. */
export function suggestLayout(kontask: Kontask | undefined): string {
  const fields = Object.entries(kontask?.context ?? {})
    .filter(([name]) => !SHOWN_ALREADY.has(name) && !name.includes('.') && name !== '')
    // What was asked for comes before what belongs to it.
    .toSorted(([one], [other]) => Number(other === 'request') - Number(one === 'request'))
    .map(([name, value]) => ({ label: labelOf(name), path: `context.${name}`, format: formatOf(value) }))
    .slice(0, MAX_FIELDS);
  const request: LayoutField = { label: 'Request', path: 'context.request', format: 'text' };
  return `${JSON.stringify({ fields: fields.length === 0 ? [request] : fields }, null, 2)}\n`;
}

/** `requestedAt` → "Requested At". */
function labelOf(name: string): string {
  const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])|[_-]+/g, ' ').trim();
  return (words.slice(0, 1).toUpperCase() + words.slice(1)).slice(0, 200) || name.slice(0, 200);
}

function formatOf(value: unknown): LayoutFormat {
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object') ? 'json' : 'list';
  if (isRecord(value)) return 'json';
  if (typeof value !== 'string') return 'text';
  if (/^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))) return 'date';
  if (/^https?:\/\/\S+$/.test(value)) return 'link';
  return /^#{1,6} |^[-*] |```/m.test(value) ? 'markdown' : 'text';
}
