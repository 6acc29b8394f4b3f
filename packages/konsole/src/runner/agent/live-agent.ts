import { KonuiError, type SessionOption } from '@konui/protocol';
import type { AgentCapabilities, AgentConnection } from './agent-connection.ts';
import { type AgentOffer, isChosen, toOptionRequest, updateOffer, withChoice } from './agent-offer.ts';
import type { AgentExit, AgentProcess } from './agent-process.ts';
import { fromRpcError, isRpcError } from './session-failure.ts';

/** An agent that is ready for a prompt. */
export interface LiveAgent {
  readonly name: string;
  readonly agentSessionId: string;
  readonly connection: AgentConnection;
  readonly capabilities: AgentCapabilities;
  readonly process: AgentProcess;
  readonly exited: Promise<AgentExit>;
  /** What it offers, with what is chosen now. */
  readonly offer: AgentOffer;
  /** An update of the agent that may change the offer. */
  noteUpdate(update: Readonly<Record<string, unknown>>): void;
  /** Whether it offers that, and something else is chosen. */
  couldTake(option: SessionOption): boolean;
  /** Resolves when the agent has taken the choice. Throws KonuiError OPTION_NOT_FOUND, AGENT_ERROR or AGENT_EXITED. */
  choose(option: SessionOption): Promise<void>;
}

export interface LiveAgentParts extends Pick<
  LiveAgent,
  'name' | 'agentSessionId' | 'connection' | 'capabilities' | 'process' | 'exited' | 'offer'
> {
  /** What the agent's answer to a choice says of its other options. */
  readonly onUpdate: (update: Readonly<Record<string, unknown>>) => void;
}

/** Choices are answered in milliseconds; some agents start a new model process for one. */
const ANSWER_LIMIT_MS = 30_000;

export function createLiveAgent({ onUpdate, ...parts }: LiveAgentParts): LiveAgent {
  const { name, connection, agentSessionId, exited } = parts;
  let offer = parts.offer;
  return {
    ...parts,
    get offer() {
      return offer;
    },
    noteUpdate(update) {
      offer = updateOffer(offer, update);
    },
    couldTake(option) {
      const request = toOptionRequest(offer, option);
      return request !== undefined && !isChosen(offer, request);
    },
    async choose(option) {
      const request = toOptionRequest(offer, option);
      if (request === undefined) {
        throw new KonuiError('OPTION_NOT_FOUND', `${name} does not offer ${describe(option)}.`);
      }
      const { method, params } = request;
      const asked = connection.request(method, { ...params, sessionId: agentSessionId });
      const answer = await withLimit(asked, { name, exited });
      offer = withChoice(offer, request);
      if (!Array.isArray(answer['configOptions'])) return;
      const update = { sessionUpdate: 'config_option_update', configOptions: answer['configOptions'] };
      offer = updateOffer(offer, update);
      onUpdate(update);
    },
  };
}

async function withLimit<T>(asked: Promise<T>, { name, exited }: Pick<LiveAgent, 'name' | 'exited'>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const detail = `${name} did not answer within ${ANSWER_LIMIT_MS / 1000} s.`;
    timer = setTimeout(() => reject(new KonuiError('AGENT_ERROR', detail)), ANSWER_LIMIT_MS);
  });
  const gone = exited.then(() => Promise.reject(new KonuiError('AGENT_EXITED', `${name} exited before it answered.`)));
  try {
    return await Promise.race([asked, late, gone]);
  } catch (error) {
    if (error instanceof KonuiError) throw error;
    if (!isRpcError(error)) throw new KonuiError('AGENT_EXITED', `${name} closed the connection.`, { cause: error });
    const { code, message } = fromRpcError(error);
    throw new KonuiError(code, message, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function describe(option: SessionOption): string {
  switch (option.type) {
    case 'mode':
      return `the mode "${option.modeId}"`;
    case 'model':
      return `the model "${option.modelId}"`;
    case 'config':
      return `"${option.configId}" = "${option.value}"`;
  }
}
