import type { ConversationState } from '@konui/client';
import { type OptionChoice, optionChoices } from '../features/composer/options/option-choice.ts';

/** What the agent said of itself. */
export interface AgentOffers {
  /** It has said so in this session, whatever it was. */
  readonly isKnown: boolean;
  readonly choices: readonly OptionChoice[];
  readonly takesImages: boolean;
}

export function agentOffers(conversation: ConversationState): AgentOffers {
  const { modes, models, configOptions, promptCapabilities } = conversation;
  return {
    isKnown: promptCapabilities !== undefined || modes !== undefined || models !== undefined,
    choices: optionChoices({ modes, models, configOptions }),
    // Without a word of it nothing is promised, and nothing is warned of.
    takesImages: promptCapabilities?.['image'] !== false,
  };
}
