import type { ErrorCode } from '@konui/protocol';
import type { ANSWERS, REQUESTS, Schema } from './schemas.ts';

/** A body that is no JSON. */
export interface MediaType {
  readonly mediaType: string;
}

/** What goes into a route and comes out of it, beside its rights (route-rights.ts). */
export interface RouteContract {
  readonly summary: string;
  /** An object of strings, as the route parses its query. */
  readonly query?: Schema;
  /** Request headers that it heeds, and what they mean. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: keyof typeof REQUESTS | MediaType;
  /** By status; null is an answer without a body. */
  readonly answers: Readonly<Record<number, keyof typeof ANSWERS | MediaType | null>>;
  /** Beside those that every route, every body and every question to the host may have. */
  readonly errors?: readonly ErrorCode[];
  /** It asks the host, and fails without it. */
  readonly asksHost?: boolean;
}

export type RouteContracts = Readonly<Record<string, RouteContract>>;
