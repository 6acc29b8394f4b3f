import { InjectAnswer, type InjectRequestInput } from '@konui/protocol';
import { type ApiOptions, parseAnswer, request } from './request.ts';

/** Pushes a script's prompt into a session (SPEC INJ). With an `idempotencyKey` it may be sent again. */
export async function inject(options: ApiOptions, prompt: InjectRequestInput): Promise<InjectAnswer> {
  return parseAnswer(
    InjectAnswer,
    await request(options, { method: 'POST', path: '/api/console/inject', body: prompt }),
  );
}
