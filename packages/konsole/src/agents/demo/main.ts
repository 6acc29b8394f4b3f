// node packages/konsole/src/agents/demo/main.ts: an ACP agent without a model, on stdin and stdout.
import { Readable, Writable } from 'node:stream';
import { ndJsonStream } from '@agentclientprotocol/sdk';
import { readDemoConfig } from './config.ts';
import { createDemoAgent } from './demo-agent.ts';
import { DemoAccount } from './demo-account.ts';
import { DemoSessions } from './demo-sessions.ts';

const config = readDemoConfig(process.env);
const sessions = new DemoSessions(config.stateFolder);
const demo = createDemoAgent({
  sessions,
  account: new DemoAccount(config),
  env: config.env,
  exit: (code) => process.exit(code),
  writeLine: (line) => process.stdout.write(`${line}\n`),
  report: (problem) => process.stderr.write(`${problem instanceof Error ? problem.stack : String(problem)}\n`),
});
const input: ReadableStream<Uint8Array> = Readable.toWeb(process.stdin);
const connection = demo.connect(ndJsonStream(Writable.toWeb(process.stdout), input));

const leave = (): void => {
  // Commands run in sessions of their own and would outlive this process.
  sessions.stopAll();
  process.exit(0);
};
process.once('SIGTERM', leave);
process.once('SIGINT', leave);
await connection.closed;
leave();
