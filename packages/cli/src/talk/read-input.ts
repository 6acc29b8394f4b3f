/** Everything that is piped in; undefined where a person sits at a terminal. */
export async function readInput(
  stream: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean },
): Promise<string | undefined> {
  if (stream.isTTY === true) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
