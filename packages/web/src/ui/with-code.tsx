import type { ReactNode } from 'react';

/** A text of an agent's, which marks with backticks what to type. */
export function withCode(text: string): ReactNode {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
