import { z } from 'zod';
import { defineEvent } from './define-event.ts';

/** Begins the log and every epoch: after a reboot, or after complete lines had to be cut. */
export const LogOpened = defineEvent({
  kind: 'log_opened',
  fields: { epoch: z.string(), bootId: z.string(), fromSeq: z.int().positive(), format: z.int().positive() },
  reduce(state, event) {
    state.epochs.push({ epoch: event.epoch, bootId: event.bootId, fromSeq: event.fromSeq });
  },
});
