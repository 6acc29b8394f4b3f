import { join } from 'node:path';
import type { AgentSetup } from './agent-launch.ts';
import { codexConfig } from './codex-config.ts';
import type { RealAgentName } from './real-agent-packages.ts';

const json = (value: object): string => JSON.stringify(value, null, 2);

export const agentSetups: Readonly<Record<RealAgentName, AgentSetup>> = {
  codex: (url, home) => ({
    env: {
      CODEX_HOME: join(home, '.codex'),
      FAKE_API_KEY: 'sk-fake',
      OPENAI_API_KEY: 'sk-fake',
      MODEL_PROVIDER: 'fake',
      // The default mode lets a reviewer model approve commands; this one asks the person.
      INITIAL_AGENT_MODE: 'workspace-write',
      NO_PROXY: '127.0.0.1,localhost',
    },
    files: { '.codex/config.toml': codexConfig(url) },
  }),

  claude: (url, home) => ({
    env: {
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'sk-ant-fake',
      CLAUDE_CONFIG_DIR: join(home, '.claude'),
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1',
      CLAUDE_CODE_ENABLE_PROMPT_SUGGESTION: 'false',
      // With its default of ten, an overloaded model means three minutes of silence.
      CLAUDE_CODE_MAX_RETRIES: '2',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_BUG_COMMAND: '1',
      DISABLE_ERROR_REPORTING: '1',
      ENABLE_TOOL_SEARCH: 'false',
      // Lets it start as root, as in a container.
      IS_SANDBOX: '1',
    },
    files: {},
  }),

  gemini: (url) => ({
    env: {
      GEMINI_API_KEY: 'fake',
      GOOGLE_GEMINI_BASE_URL: url,
      GEMINI_CLI_NO_RELAUNCH: 'true',
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
    },
    files: {
      '.gemini/settings.json': json({
        security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
        general: {
          enableAutoUpdate: false,
          enableAutoUpdateNotification: false,
          disableAutoUpdate: true,
          disableUpdateNag: true,
          sessionRetention: { enabled: false },
        },
        privacy: { usageStatisticsEnabled: false },
        telemetry: { enabled: false },
        model: { name: 'gemini-2.5-pro' },
        tools: { useRipgrep: false },
      }),
    },
  }),

  opencode: (url) => ({
    env: {
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_SHARE: '1',
    },
    files: {
      '.config/opencode/opencode.json': json({
        $schema: 'https://opencode.ai/config.json',
        autoupdate: false,
        share: 'disabled',
        model: 'fake/fake-model',
        small_model: 'fake/fake-small',
        enabled_providers: ['fake'],
        permission: { edit: 'ask', bash: 'ask' },
        provider: {
          fake: {
            npm: '@ai-sdk/openai-compatible',
            name: 'Fake',
            options: { baseURL: `${url}/v1`, apiKey: 'fake' },
            models: {
              'fake-model': {
                name: 'Fake Model',
                attachment: true,
                reasoning: true,
                tool_call: true,
                limit: { context: 200_000, output: 32_000 },
                modalities: { input: ['text', 'image'], output: ['text'] },
              },
              'fake-small': { name: 'Fake Small', tool_call: true, limit: { context: 200_000, output: 32_000 } },
            },
          },
        },
      }),
    },
  }),
};
