/**
 * Characters that are invisible or turn the direction of what follows (Unicode TR 36, "Bidirectional Text Spoofing"):
 * with them a command can look like another one.
 */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Joiners where writing needs them: between two emoji, and in scripts whose letters join. */
const JOINERS =
  /(?<=\p{Extended_Pictographic}|[\u{1f3fb}-\u{1f3ff}]|\ufe0f)\u200d(?=\p{Extended_Pictographic})|(?<=[\p{Script=Arabic}\p{Script=Devanagari}])(?:\u200c|\u200d)/gu;

/** What a person is asked to allow, with each such character shown by its number: `[U+202E]`. */
export function showControls(text: string): string {
  const joiners = new Set(Array.from(text.matchAll(JOINERS), ({ index }) => index));
  return text.replace(CONTROLS, (character, at: number) => {
    if (joiners.has(at)) return character;
    const point = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${point}]`;
  });
}
