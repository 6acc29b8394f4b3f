/** A request as every dialect reads it: all that choosing an answer needs. */
export type ModelRequest = {
  model: string;
  isStreaming: boolean;
  tools: readonly OfferedTool[];
  /** The conversation, oldest first; the server keeps none of its own. */
  items: readonly ConversationItem[];
  /** The JSON schema of a structured answer, where one is asked for. */
  answerSchema?: unknown;
};

export type ConversationItem = { role: 'user' | 'assistant' | 'tool'; text: string; images?: number };

export type OfferedTool = {
  name: string;
  /** The arguments it declares, where it declares any. */
  argNames?: readonly string[] | undefined;
  /** Takes one text instead of arguments. */
  isFreeform?: boolean;
  namespace?: string;
  /** The name inside its namespace. */
  shortName?: string;
  /** Reached only through Codex's code-running tool. */
  isNested?: boolean;
};

/** Rough, so that usage is not all zero. */
export const countTokens = (text: string): number => Math.max(1, Math.ceil(text.length / 4));

export const countInputTokens = (request: ModelRequest): number =>
  countTokens(request.items.map((item) => item.text).join(' '));
