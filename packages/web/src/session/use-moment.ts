import { useEffect, useState } from 'react';
import { useSearch } from 'wouter';

/** The moment that the address names by `?at=<seq>`. */
export interface Moment {
  /** Once the transcript has it; undefined without one. */
  readonly at: number | undefined;
  readonly state: 'none' | 'loading' | 'there' | 'missing';
}

/** Loads what was before until the moment of the address is there, anew for each that is gone to. */
export function useMoment(isReady: boolean, loadUntil: (seq: number) => Promise<boolean>): Moment {
  const seq = toSeq(useSearch());
  const [moment, setMoment] = useState<Moment>({ at: undefined, state: 'none' });
  useEffect(() => {
    if (seq === undefined) return setMoment({ at: undefined, state: 'none' });
    if (!isReady) return setMoment({ at: undefined, state: 'loading' });
    let isCurrent = true;
    setMoment({ at: undefined, state: 'loading' });
    void loadUntil(seq).then((isThere) => {
      if (isCurrent) setMoment(isThere ? { at: seq, state: 'there' } : { at: undefined, state: 'missing' });
    });
    return () => {
      isCurrent = false;
    };
  }, [seq, isReady, loadUntil]);
  return moment;
}

/** Undefined for what is no seq. */
export function toSeq(search: string): number | undefined {
  const text = new URLSearchParams(search).get('at') ?? '';
  const seq = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  return seq > 0 ? seq : undefined;
}
