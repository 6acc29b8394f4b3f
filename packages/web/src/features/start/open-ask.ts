/** What an agent waits for: shown where the session is not open. */
export interface OpenAsk {
  /** `permission`: it wants to do something; `question`: it asks for words or a choice. */
  readonly kind: 'permission' | 'question';
  /** The command or the question itself, as it would be answered to. */
  readonly text: string;
  readonly isCode: boolean;
  /** How many more wait behind it. */
  readonly more: number;
}

/** Resolves with undefined where it was answered meanwhile. */
export type LoadAsk = (sessionId: string, lastSeq: number) => Promise<OpenAsk | undefined>;
