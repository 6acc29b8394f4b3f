import { isTyping } from './is-typing.ts';

/** The key of an answer. In a field a plain key is text, so there it takes Alt and a digit. */
export function answerKey(event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.repeat) return undefined;
  // Not `key`: with Alt a Mac gives the character that the layout has there.
  if (event.altKey) return /^Digit([1-9])$/.exec(event.code)?.[1];
  return isTyping(event.target) ? undefined : event.key;
}
