import * as z from 'zod/mini';
import { defineEvent } from './define-event.ts';

/** Begins the log and every epoch: after a reboot, or after complete lines had to be cut. */
export const LogOpened = defineEvent({
  kind: 'log_opened',
  fields: {
    epoch: z.string(),
    bootId: z.string(),
    fromSeq: z.int().check(z.positive()),
    format: z.int().check(z.positive()),
  },
  reduce(state, event) {
    state.epochs.push({ epoch: event.epoch, bootId: event.bootId, fromSeq: event.fromSeq });
  },
});
