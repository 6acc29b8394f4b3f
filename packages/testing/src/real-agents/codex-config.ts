/** Codex's config.toml: the fake model as its provider, nothing that would reach for the network. */
export const codexConfig = (url: string): string => `model = "gpt-5.5"
model_provider = "fake"
approval_policy = "on-request"
sandbox_mode = "workspace-write"
check_for_update_on_startup = false

[tools.update_plan]
enabled = true

[features]
apps = false
plugins = false
remote_plugin = false
plugin_sharing = false
plugin_discovery_prefetch = false

[analytics]
enabled = false

[feedback]
enabled = false

[otel]
exporter = "none"
metrics_exporter = "none"

[model_providers.fake]
name = "fake"
base_url = "${url}/v1"
env_key = "FAKE_API_KEY"
wire_api = "responses"
request_max_retries = 2
stream_max_retries = 2
stream_idle_timeout_ms = 30000
`;
