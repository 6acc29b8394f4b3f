import { randomUUID } from 'node:crypto';
import type { ToolCall } from '../logical-tools.ts';
import type { ModelRequest } from '../model-request.ts';
import type { ModelFailure } from '../scenario.ts';

/** How one kind of model API reads requests and writes answers. */
export type Dialect = {
  name: string;
  matches(path: string): boolean;
  /** Throws when the body is not of this dialect. */
  parse(body: unknown, path: string): ModelRequest;
  /** Starts a streamed answer. */
  write(request: ModelRequest, send: SendEvent): AnswerWriter;
  /** An answer in one piece. */
  whole(request: ModelRequest, answer: WholeAnswer): object;
  failure(failure: ModelFailure, retryAfterSeconds: number | undefined): FailureResponse;
};

/** Sends one server-sent event; an event without a name has data alone. */
export type SendEvent = (name: string | undefined, data: object | string) => void;

export type AnswerWriter = {
  text(text: string): void;
  think(text: string): void;
  tool(call: ToolCall): void;
  end(): void;
  /** The failure of an answer that has begun. */
  fail(failure: ModelFailure): void;
};

type WholeAnswer = { text: string; calls: readonly ToolCall[] };
export type FailureResponse = { status: number; headers?: Record<string, string>; body: object };

export const newId = (prefix: string): string => `${prefix}${randomUUID().replaceAll('-', '')}`;

export const retryAfterHeader = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) };

/** The arguments that a tool's JSON schema declares. */
export function argNamesOf(
  schema: { properties?: Record<string, unknown> | undefined } | undefined,
): string[] | undefined {
  return schema?.properties && Object.keys(schema.properties);
}
