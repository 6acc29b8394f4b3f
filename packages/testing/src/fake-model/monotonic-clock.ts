/** CLOCK_MONOTONIC in microseconds: the same in every process of one machine, so that latencies can be computed. */
export const monotonicUs = (): number => Number(process.hrtime.bigint() / 1000n);

/** What a stamped delta carries: the time at which the model sent it, in microseconds. */
export const toStamp = (us: number): string => `@${us}@`;

/** The stamps in a text, in microseconds of {@link monotonicUs}, in order. */
export const stampsIn = (text: string): number[] => [...text.matchAll(/@(\d{6,})@/g)].map(([, us]) => Number(us));
