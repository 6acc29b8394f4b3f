import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { testConfig } from '../config.ts';
import type { AgentLaunch } from './agent-launch.ts';
import { agentSetups } from './agent-setups.ts';
import { entryOf } from './install-folder.ts';
import { realAgentPackage, type RealAgentName } from './real-agent-packages.ts';

export type RealAgent =
  | {
      available: true;
      /** Writes the agent's configuration into `home` and says how to start it against the fake model at `url`. */
      launch(url: string, home: string): AgentLaunch;
    }
  | { available: false; reason: string };

/** Looks for a real agent in the tests' cache; it is put there by `real-agents/install.ts`. */
export function findRealAgent(name: RealAgentName): RealAgent {
  const agent = realAgentPackage(name);
  const entry = entryOf(testConfig.agentCache, agent);
  if (!existsSync(entry)) {
    const what = `${agent.packageName}@${agent.version} is not installed`;
    const how = `run: node packages/testing/src/real-agents/install.ts ${name}`;
    return { available: false, reason: `${what}; ${testConfig.installProblem ?? how}` };
  }
  return {
    available: true,
    launch(url, home) {
      const { env, files } = agentSetups[name](url, home);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(home, path)), { recursive: true });
        writeFileSync(join(home, path), text);
      }
      mkdirSync(join(home, 'tmp'), { recursive: true });
      return {
        name,
        ...(agent.isJavaScript
          ? { command: execPath, args: [entry, ...agent.args] }
          : { command: entry, args: [...agent.args] }),
        env: { ...cleanEnv(home), ...env },
      };
    },
  };
}

/** Nothing of the developer's own: no keys, no settings, no telemetry. */
function cleanEnv(home: string): Record<string, string> {
  return {
    HOME: home,
    PATH: [dirname(execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TMPDIR: join(home, 'tmp'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_CACHE_HOME: join(home, '.cache'),
    USER: 'tester',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    NO_COLOR: '1',
    NO_BROWSER: '1',
    DISABLE_TELEMETRY: '1',
    DO_NOT_TRACK: '1',
  };
}
