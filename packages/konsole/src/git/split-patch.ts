/** The parts of a unified diff of several files, one for each, in git's order. */
export function splitPatch(patch: string): string[] {
  const starts = [...patch.matchAll(/^diff --(?:git|cc|combined) /gm)].map(({ index }) => index);
  return starts.map((start, index) => patch.slice(start, starts[index + 1]));
}
