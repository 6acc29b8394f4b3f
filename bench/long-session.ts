import { openEventLog, readBootId } from '@konui/log';
import { type HomePaths, newId, PromptId, RunId, SessionId } from '@konui/protocol';
import { writeSessionRecord } from './session-record.ts';

/** Writes a session as an agent leaves it behind: runs of about a hundred events, each with thoughts, a call and an answer. */
export function writeLongSession(paths: HomePaths, events: number): SessionId {
  const sessionId = newId(SessionId);
  const files = writeSessionRecord(paths, sessionId);
  const log = openEventLog({ path: files.log, sessionId, bootId: readBootId(), reserveBytes: 0 });
  for (let run = 1; log.lastSeq < events; run++) for (const body of bodiesOfRun(run, sessionId)) log.append(body);
  log.close();
  return sessionId;
}

type Body = { kind: string; [field: string]: unknown };

function bodiesOfRun(run: number, sessionId: SessionId): Body[] {
  const [promptId, runId] = [newId(PromptId), newId(RunId)];
  const text = (value: string) => ({ type: 'text', text: value });
  const toolCallId = `call-${run}`;
  const prompt = { promptId, commandId: promptId, origin: { type: 'person' }, content: [text(`Prompt ${run}`)] };
  const thoughts = Array.from({ length: 20 }, (_, n) => text(`thought ${run}.${n} `));
  const output = Array.from({ length: 10 }, (_, n) => ({ terminal_output: { data: `line ${run}.${n}\n` } }));
  const words = Array.from({ length: 60 }, (_, n) => text(`word ${run}.${n}${n % 12 === 11 ? '\n\n' : ' '}`));
  const facts = { stopReason: 'end_turn', exitCode: 0, success: true, aborted: false };
  return [
    { kind: 'prompt', ...prompt },
    { kind: 'run_started', runId, promptId },
    ...thoughts.map((content) => ({ kind: 'agent_thought_chunk', content })),
    { kind: 'tool_call', toolCallId, title: `npm run step-${run}`, toolKind: 'execute', status: 'in_progress' },
    ...output.map((meta) => ({ kind: 'tool_call_update', toolCallId, _meta: meta })),
    { kind: 'tool_call_update', toolCallId, status: 'completed' },
    ...words.map((content) => ({ kind: 'agent_message_chunk', messageId: `message-${run}`, content })),
    { kind: 'usage_update', used: run * 1000, size: 200_000 },
    { kind: 'complete', runId, actualSessionId: sessionId, ...facts },
  ];
}
