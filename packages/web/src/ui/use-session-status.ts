import type { SessionInfo } from '@konui/protocol';
import { useAsOf } from './liveness.ts';
import { sessionStatusText } from './session-words.ts';

/** What a session does or did, and since when nobody knows more. */
export function useSessionStatus(session: SessionInfo): { readonly text: string; readonly asOf: string | undefined } {
  const asOf = useAsOf();
  return { text: sessionStatusText(session, asOf !== undefined), asOf };
}
