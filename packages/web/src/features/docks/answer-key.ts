import { isTyping } from '../../ui/is-typing.ts';
import { isWindowOpen } from '../../ui/is-window-open.ts';
import { areSingleKeysOn } from '../../ui/single-keys.ts';

/** The key of an answer. In a field a plain key is text, so there it takes Alt and a digit. */
export function answerKey(event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.repeat || event.defaultPrevented || isWindowOpen()) return undefined;
  // Not `key`: with Alt a Mac gives the character that the layout has there.
  if (event.altKey) return /^Digit([1-9])$/.exec(event.code)?.[1];
  return isTyping(event.target) || !areSingleKeysOn() ? undefined : event.key;
}
