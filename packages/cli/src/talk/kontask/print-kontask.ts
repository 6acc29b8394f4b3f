import type { KontaskAnswer, KontaskSummary } from '@konui/protocol';

/** One line of a list. */
export function kontaskLine({ id, status, type, title, scope, targetUser }: KontaskSummary): string {
  const about = [scope, targetUser === undefined ? undefined : `for ${targetUser}`].filter(
    (part) => part !== undefined,
  );
  return `${id}  ${status.padEnd(11)}  ${type.padEnd(8)}  ${title}${about.length === 0 ? '' : `  (${about.join(', ')})`}`;
}

/** Everything but the HTML of the output, which is for the page. */
export function kontaskText({ kontask, history, actions }: KontaskAnswer): string {
  const { context, title, description, ...fields } = kontask;
  const { output, choices = [], ...rest } = context;
  const named = { ...fields, ...rest };
  return [
    title,
    ...(description === '' ? [] : [description]),
    '',
    ...Object.entries(named).map(
      ([name, value]) =>
        `${name}: ${Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    ...(output === undefined ? [] : [`output: ${output.length} characters of HTML (see the page, or --json)`]),
    ...choices.map(({ label, primary }, index) => `choice ${index}: ${label}${primary === true ? ' (primary)' : ''}`),
    ...actions.map(
      ({ choiceIndex, at, sessionId }) => `taken: choice ${choiceIndex} at ${at}, in session ${sessionId}`,
    ),
    ...history.map(({ at, change }) => `${at}  ${change}`),
  ].join('\n');
}
