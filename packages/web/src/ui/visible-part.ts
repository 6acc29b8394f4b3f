/** The first part of a long text: as many lines as fit both limits, or the first characters of a single huge one. */
export function visiblePart(
  text: string,
  { maxLines, maxCharacters }: { maxLines: number; maxCharacters: number },
): { readonly part: string; readonly hiddenLines: number } {
  let end = 0;
  let lines = 0;
  for (
    let at = text.indexOf('\n');
    at >= 0 && at <= maxCharacters && lines < maxLines;
    at = text.indexOf('\n', at + 1)
  ) {
    end = at;
    lines += 1;
  }
  const isLastLineShown = text.length <= maxCharacters && lines < maxLines;
  if (isLastLineShown) return { part: text, hiddenLines: 0 };
  const part = end === 0 && lines === 0 ? text.slice(0, maxCharacters) : text.slice(0, end);
  let hiddenLines = part.length < text.length ? 1 : 0;
  for (let at = text.indexOf('\n', part.length + 1); at >= 0; at = text.indexOf('\n', at + 1)) hiddenLines += 1;
  return { part, hiddenLines };
}
