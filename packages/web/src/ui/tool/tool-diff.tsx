import { lazy, type ReactNode, Suspense, useContext, useState } from 'react';
import type { StoredText } from '@konui/client';
import * as en from '../../text/en.ts';
import { AttachmentContext } from '../attachments.ts';
import { showControls } from '../show-controls.ts';

const DiffView = lazy(async () => ({ default: (await import('../diff/diff-view.tsx')).DiffView }));

/** Beyond it a change is not loaded into the page, in bytes of both texts. */
const MAX_LOADED = 4_000_000;

interface ToolDiffProps {
  readonly path: string;
  readonly oldText: string | StoredText | null;
  readonly newText: string | StoredText;
  readonly isShort: boolean;
}

/** A change of one file; one whose texts are too long for the log is loaded on demand. */
export function ToolDiff({ path, oldText, newText, isShort }: ToolDiffProps): ReactNode {
  const fetchAttachment = useContext(AttachmentContext);
  const [loaded, setLoaded] = useState<readonly [before: string, after: string] | undefined>(undefined);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const before = oldText ?? '';
  const texts = typeof before === 'string' && typeof newText === 'string' ? ([before, newText] as const) : loaded;
  const name = showControls(path);
  if (texts !== undefined) {
    return (
      <Suspense fallback={<p className="soft">{name}</p>}>
        <DiffView path={path} oldText={texts[0]} newText={texts[1]} isShort={isShort} />
      </Suspense>
    );
  }
  const bytes = byteLength(before) + byteLength(newText);
  const kilobytes = Math.round(bytes / 1024);
  if (bytes > MAX_LOADED) return <p className="soft">{en.diff.tooLarge(name, kilobytes)}</p>;
  const whole = async (text: string | StoredText): Promise<string> =>
    typeof text === 'string' ? text : (await fetchAttachment(text.attachment)).text();
  const load = (): void => {
    setState('loading');
    Promise.all([whole(before), whole(newText)]).then(setLoaded, () => setState('failed'));
  };
  return (
    <p className="tool-stored-diff">
      <code>
        <bdi>{name}</bdi>
      </code>
      <button type="button" className="button" onClick={load} disabled={state === 'loading'}>
        {en.diff.load(kilobytes)}
      </button>
      {state === 'failed' && (
        <span className="problem" role="alert">
          {en.conversation.attachmentFailed}
        </span>
      )}
    </p>
  );
}

function byteLength(text: string | StoredText): number {
  return typeof text === 'string' ? text.length : text.byteLength;
}
