// node packages/testing/src/chaos/agent/main.ts <record folder>: the agent under test, on stdin and stdout.
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AgentWire } from './agent-wire.ts';
import { ChaosAgent } from './chaos-agent.ts';
import { readAgentConfig } from './config.ts';

const { recordFolder, sessionId } = readAgentConfig(process.argv, process.env);
const instance = crypto.randomUUID().slice(0, 8);
const recordFile = openSync(join(recordFolder, `${sessionId}.ndjson`), 'a', 0o600);
const wire = new AgentWire({ instance, recordFile, writeLine: (line) => void process.stdout.write(`${line}\n`) });
const agent = new ChaosAgent({ instance, wire, exit: (code) => process.exit(code) });

const onMessage = async (message: Readonly<Record<string, unknown>>): Promise<void> => {
  const { id, method, params, result } = message;
  if (method === 'session/cancel') return agent.cancel();
  if (typeof method !== 'string') return wire.settle(id, (result ?? {}) as Record<string, unknown>);
  try {
    wire.answer(id, await agent.answer(method, (params ?? {}) as Record<string, unknown>));
  } catch (error) {
    wire.refuse(id, error instanceof Error ? error.message : String(error));
  }
};
const leave = (): never => {
  agent.endCommands();
  process.exit(0);
};

process.once('SIGTERM', leave);
process.stdout.on('error', leave);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void onMessage(JSON.parse(line) as Record<string, unknown>));
lines.once('close', leave);
