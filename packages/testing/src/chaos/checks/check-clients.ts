import type { ChaosClient } from '../clients/chaos-client.ts';
import type { SessionWatch } from '../session-watch.ts';

/** Whether a client has everything of a session and owes or awaits nothing. */
export function isLevel(client: ChaosClient, watch: SessionWatch): boolean {
  return !client.isWatching(watch.sessionId) || client.seen(watch.sessionId).lines.length >= watch.lines.length;
}

/** What a client saw against the log, byte for byte. Answers with each breach in words. */
export function checkClient(client: ChaosClient, watch: SessionWatch): string[] {
  if (!client.isWatching(watch.sessionId)) return [];
  const { lines } = client.seen(watch.sessionId);
  const breaches: string[] = [];
  for (let index = 0; index < Math.max(lines.length, watch.lines.length); index += 1) {
    if (lines[index] === watch.lines[index]) continue;
    breaches.push(
      `${client.name}, session ${watch.sessionId}: saw at ${index + 1} ${quote(lines[index])}, the log has ${quote(watch.lines[index])}`,
    );
    break;
  }
  return breaches;
}

/** Acknowledged is stored (CMD2), and what a client promised to keep is stored or was refused. */
export function checkCommands(client: ChaosClient, stored: ReadonlySet<string>): string[] {
  const lost = [...client.accepted].filter((id) => !stored.has(id));
  const forgotten = [...(client.promised ?? [])].filter((id) => !stored.has(id) && !client.refused.has(id));
  return [
    ...lost.map((id) => `${client.name}: [CMD2] command ${id} was acknowledged and stands in no inbox`),
    ...forgotten.map((id) => `${client.name}: prompt ${id} was neither stored nor refused`),
  ];
}

const quote = (line: string | undefined): string => (line === undefined ? 'nothing' : line.slice(0, 160));
