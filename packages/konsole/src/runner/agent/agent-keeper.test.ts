import { pino } from 'pino';
import { expect, it } from 'vitest';
import { newId, RunId, SessionId } from '@konui/protocol';
import { createAgentKeeper, type ResolvedLaunch } from './agent-keeper.ts';
import { findMarkedProcesses } from './marked-processes.ts';

it('[CMD6] starts no program for a run that was stopped while the program was being installed', async () => {
  const sessionId = newId(SessionId);
  const installed = Promise.withResolvers<ResolvedLaunch>();
  let signal: AbortSignal | undefined;
  const keeper = createAgentKeeper({
    sessionId,
    projectPath: '/',
    version: '0',
    environment: process.env,
    logger: pino({ level: 'silent' }),
    resolve(_onProgress, given) {
      signal = given;
      return installed.promise;
    },
    record: { read: () => undefined, write: () => undefined },
    choices: () => ({ chosen: [], defaults: [] }),
    tools: () => ({ mcpServers: [] }),
    onDefaultTaken: () => undefined,
    onProgress: () => undefined,
    onReady: () => undefined,
    onOptionLost: () => undefined,
    onUpdate: () => undefined,
    onPermission: () => Promise.resolve({ outcome: 'cancelled' }),
    onElicitation: () => Promise.resolve({ action: 'cancel' }),
    onContextLost: () => undefined,
    onExit: () => undefined,
  });
  const started = keeper.ensure(newId(RunId));
  const refusal = started.catch((error: unknown) => error);
  await keeper.end(0);
  expect(signal?.aborted).toBe(true);
  installed.resolve({
    name: 'Sleeper',
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1000)'],
    env: {},
  });
  expect(await refusal).toMatchObject({ message: expect.stringContaining('it was stopped') });
  expect(findMarkedProcesses(sessionId)).toEqual([]);
  expect(keeper.current).toBeUndefined();
});
