import type { ModelFailure } from '../scenario.ts';
import { newId, retryAfterHeader, type FailureResponse } from './dialect.ts';

type OpenAiFailure = { status: number; type: string; code: string; message: string };

/** Shared by both OpenAI dialects. */
export const openAiFailures: Readonly<Record<ModelFailure, OpenAiFailure>> = {
  rate_limit: {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message: 'Rate limit reached for requests. Please try again in 1s.',
  },
  overloaded: {
    status: 503,
    type: 'server_error',
    code: 'server_is_overloaded',
    message: 'Our servers are currently overloaded. Please try again later.',
  },
  quota: {
    status: 429,
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  auth: {
    status: 401,
    type: 'invalid_request_error',
    code: 'invalid_api_key',
    message: 'Incorrect API key provided.',
  },
  context: {
    status: 400,
    type: 'invalid_request_error',
    code: 'context_length_exceeded',
    message: 'Your input exceeds the context window of this model.',
  },
  server: {
    status: 500,
    type: 'server_error',
    code: 'server_error',
    message: 'The server had an error while processing your request.',
  },
};

export function toOpenAiFailure(failure: ModelFailure, retryAfterSeconds: number | undefined): FailureResponse {
  const { status, type, code, message } = openAiFailures[failure];
  return {
    status,
    headers: { 'x-request-id': newId('req_'), ...retryAfterHeader(retryAfterSeconds) },
    body: { error: { type, code, message, param: null } },
  };
}
