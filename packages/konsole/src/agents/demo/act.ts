import type { PromptResponse } from '@agentclientprotocol/sdk';
import type { Turn } from './turn.ts';

/** Something that the demo agent can do. Its result, where it has one, is the answer to the prompt. */
export type Act = (turn: Turn, argument: string) => Promise<PromptResponse | void>;

/** An act that a person can ask for by `/name`. */
export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  /** What may follow the name. */
  readonly hint?: string;
  readonly act: Act;
  /** Also chosen by a text without a slash that matches. */
  readonly keywords?: RegExp;
  /** Listed apart: misbehaves on purpose. */
  readonly isForTesting?: boolean;
}
