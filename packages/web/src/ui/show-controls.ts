/**
 * Characters that are invisible or turn the direction of what follows (Unicode TR 36, "Bidirectional Text Spoofing"):
 * with them a command can look like another one.
 */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What a person is asked to allow, with each such character shown by its number: `[U+202E]`. */
export function showControls(text: string): string {
  return text.replace(CONTROLS, (character) => {
    const point = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${point}]`;
  });
}
