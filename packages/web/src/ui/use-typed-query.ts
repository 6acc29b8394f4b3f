import { useEffect, useRef, useState } from 'react';

/** Typing pauses this long before the address follows it, in milliseconds. */
const PAUSE_MS = 200;

/** The field's text, which the address follows after a pause; the address may also change by itself. */
export function useTypedQuery<Q extends { readonly q: string }>(
  query: Q,
  onQuery: (query: Q) => void,
): readonly [string, (text: string) => void] {
  const [text, setText] = useState(query.q);
  const latest = useRef({ query, onQuery });
  latest.current = { query, onQuery };
  const asked = useRef(query.q);
  useEffect(() => {
    if (query.q !== asked.current) setText(query.q);
    asked.current = query.q;
  }, [query.q]);
  useEffect(() => {
    if (text === latest.current.query.q) return;
    const timer = setTimeout(() => {
      asked.current = text;
      latest.current.onQuery({ ...latest.current.query, q: text });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}
