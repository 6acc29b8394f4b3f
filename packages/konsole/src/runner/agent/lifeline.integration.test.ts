import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { newId, SessionId } from '@konui/protocol';
import { endProcesses } from './end-processes.ts';
import { startAgentProcess, type AgentProcess } from './agent-process.ts';
import { findMarkedProcesses } from './marked-processes.ts';

const NODE = process.execPath;
/** Starts a sleeping process in a session of its own, as agents start shell commands, and sleeps on. */
const AGENT = `
const { spawn } = require('node:child_process');
process.on('SIGTERM', () => {});
const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
child.once('spawn', () => console.log('started'));
setInterval(() => {}, 1000);
`;

const sessions: SessionId[] = [];

async function startAgent(): Promise<{ sessionId: SessionId; agent: AgentProcess }> {
  const sessionId = newId(SessionId);
  sessions.push(sessionId);
  const agent = startAgentProcess({
    launch: { command: NODE, args: ['-e', AGENT], env: {} },
    cwd: '/',
    sessionId,
    startId: 'start-1',
    environment: process.env,
    onStderr: () => undefined,
  });
  await once(agent.stdout, 'data');
  return { sessionId, agent };
}

async function untilGone(sessionId: string): Promise<void> {
  while (findMarkedProcesses(sessionId).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

afterEach(async () => {
  for (const sessionId of sessions.splice(0)) await endProcesses({ sessionId, graceMs: 0 });
});

describe('the marker', () => {
  it('finds the agent and what it started in a session of its own, and nothing of another session', async () => {
    const { sessionId, agent } = await startAgent();
    const found = findMarkedProcesses(sessionId);
    expect(found).toHaveLength(2);
    expect(found.map(({ pid }) => pid)).toContain(agent.pid);
    expect(findMarkedProcesses(newId(SessionId))).toEqual([]);
    agent.release();
  });

  it('[CMD6] ends all of them, also those that ignore SIGTERM, and spares what it is told to', async () => {
    const { sessionId, agent } = await startAgent();
    const spare = findMarkedProcesses(sessionId).filter(({ pid }) => pid === agent.pid);
    expect(await endProcesses({ sessionId, spare, graceMs: 50 })).toEqual([]);
    expect(findMarkedProcesses(sessionId)).toEqual(spare);
    expect(await endProcesses({ sessionId, graceMs: 50 })).toEqual([]);
    expect((await agent.exited).signal).toBe('SIGKILL');
    agent.release();
  });
});

describe('the lifeline', () => {
  it('ends everything that the agent started when the process that held it is killed', async () => {
    const sessionId = newId(SessionId);
    sessions.push(sessionId);
    const holder = spawn(
      NODE,
      [
        '--input-type=module',
        '-e',
        `import { startAgentProcess } from ${JSON.stringify(new URL('./agent-process.ts', import.meta.url).href)};
         const agent = startAgentProcess({ launch: { command: process.execPath, args: ['-e', ${JSON.stringify(AGENT)}], env: {} },
           cwd: '/', sessionId: ${JSON.stringify(sessionId)}, startId: 'start-1', environment: process.env, onStderr: () => {} });
         agent.stdout.once('data', () => console.log('ready'));`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    expect(findMarkedProcesses(sessionId)).toHaveLength(2);
    holder.kill('SIGKILL');
    await untilGone(sessionId);
    expect(findMarkedProcesses(sessionId)).toEqual([]);
  });

  it('reports a command that does not exist as 127', async () => {
    const agent = startAgentProcess({
      launch: { command: 'konui-no-such-command', args: [], env: {} },
      cwd: '/',
      sessionId: newId(SessionId),
      startId: 'start-1',
      environment: process.env,
      onStderr: () => undefined,
    });
    expect((await agent.exited).code).toBe(127);
    agent.release();
  });
});
