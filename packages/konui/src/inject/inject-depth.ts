import { HistoryAnswer, KonuiError, MAX_INJECT_DEPTH, Origin, type SessionId } from '@konui/protocol';
import type { AgentHost } from '../host.ts';

/** The events of the open run are among the last or in their context. */
const PAGE_BYTES = 4096;

/**
 * How deep an inject would be that the agent of `causedBy` makes: one more than the run that it makes it in. Throws
 * INJECT_LOOP beyond the limit (SPEC INJ4).
 */
export async function injectDepth(causedBy: SessionId | undefined, host: Pick<AgentHost, 'history'>): Promise<number> {
  const depth = causedBy === undefined ? 1 : 1 + (await depthOfOpenRun(causedBy, host));
  if (depth <= MAX_INJECT_DEPTH) return depth;
  throw new KonuiError(
    'INJECT_LOOP',
    `this prompt comes from a run that ${MAX_INJECT_DEPTH} injected prompts led to, so it may be a loop; ` +
      'a person has to send the next one',
  );
}

async function depthOfOpenRun(sessionId: SessionId, host: Pick<AgentHost, 'history'>): Promise<number> {
  const { body } = await host.history(sessionId, { bytes: PAGE_BYTES });
  const { context, events } = HistoryAnswer.parse(JSON.parse(body.toString('utf8')));
  const all: Readonly<Record<string, unknown>>[] = [...context, ...events];
  const run = all.findLast(({ kind }) => kind === 'run_started');
  const prompt = all.findLast(({ kind, promptId }) => kind === 'prompt' && promptId === run?.['promptId']);
  const origin = Origin.safeParse(prompt?.['origin']).data;
  return origin?.type === 'inject' ? (origin.depth ?? 1) : 0;
}
