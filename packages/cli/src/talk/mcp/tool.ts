import type { ApiOptions, KontasksApi } from '@konui/client';
import { KonuiError } from '@konui/protocol';

/** What a tool works with. */
export interface ToolContext {
  readonly options: ApiOptions;
  readonly kontasks: KontasksApi;
  readonly identity: { readonly sessionId: string | undefined; readonly name: string };
}

export interface ToolAnswer {
  [field: string]: unknown;
  content: { type: 'text'; text: string }[];
  isError?: boolean;
}

/** A tool's answer; an expected failure is told to the agent in words rather than thrown. */
export async function answerTool(work: () => Promise<unknown>): Promise<ToolAnswer> {
  try {
    return { content: [{ type: 'text', text: JSON.stringify(await work(), null, 2) }] };
  } catch (error) {
    if (!(error instanceof KonuiError)) throw error;
    return { content: [{ type: 'text', text: `${error.code}: ${error.message}` }], isError: true };
  }
}
