import type { Api } from '@konui/client';

/** What the section asks of the gateway. */
export type AgentsApi = Api['agents'];
