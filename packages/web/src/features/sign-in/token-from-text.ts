/** The token in a printed link, in its fragment, or in what a person pasted; undefined where there is none. */
export function tokenFromText(text: string): string | undefined {
  const trimmed = text.trim();
  const inFragment = /[#&?]token=([^&\s#]+)/.exec(trimmed)?.[1];
  if (inFragment !== undefined) return decoded(inFragment);
  return /^[\w.~+/=-]{8,}$/.test(trimmed) && !trimmed.includes('://') ? trimmed : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
