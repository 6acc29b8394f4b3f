import type { IncomingHttpHeaders } from 'node:http';

/** What the model was asked and how it answered; times in microseconds of `monotonicUs`. */
export type ModelExchange = {
  method: string;
  path: string;
  startedAtUs: number;
  headers: IncomingHttpHeaders;
  body: unknown;
  scenario?: string;
  turn?: number;
  tools?: readonly string[];
  status?: number;
  /** Who ended it: `agent` is a connection that the agent closed before the answer was complete. */
  endedBy?: 'model' | 'agent';
  endedAtUs?: number;
};
