/** A real agent as npm has it; `entry` lies below `node_modules/<packageName>`. */
export type RealAgentPackage = {
  packageName: string;
  version: string;
  entry: string;
  args: readonly string[];
  /** Whether `entry` is JavaScript (started with Node) or a program of its own. */
  isJavaScript: boolean;
  isDefault: boolean;
  allowScripts?: readonly string[];
};

export type RealAgentName = 'codex' | 'claude' | 'gemini' | 'opencode';

/** Exact versions: what the tests say about an agent's habits was observed with these. */
export const realAgentPackages: Readonly<Record<RealAgentName, RealAgentPackage>> = {
  codex: {
    packageName: '@agentclientprotocol/codex-acp',
    version: '2.6.0',
    entry: 'dist/index.js',
    args: [],
    isJavaScript: true,
    isDefault: true,
  },
  claude: {
    packageName: '@agentclientprotocol/claude-agent-acp',
    version: '0.100.0',
    entry: 'dist/index.js',
    args: [],
    isJavaScript: true,
    isDefault: true,
  },
  gemini: {
    packageName: '@google/gemini-cli',
    version: '0.61.0',
    entry: 'bundle/gemini.js',
    args: ['--acp'],
    isJavaScript: true,
    isDefault: false,
  },
  opencode: {
    packageName: 'opencode-ai',
    version: '1.18.33',
    entry: 'bin/opencode.exe',
    args: ['acp'],
    isJavaScript: false,
    isDefault: false,
    // Its script puts the binary for this platform where `entry` says.
    allowScripts: ['opencode-ai'],
  },
};

export const realAgentNames: readonly RealAgentName[] = ['codex', 'claude', 'gemini', 'opencode'];

export const isRealAgentName = (name: string): name is RealAgentName =>
  realAgentNames.some((known) => known === name);
