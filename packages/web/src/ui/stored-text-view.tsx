import { type ReactNode, useContext, useState } from 'react';
import * as en from '../text/en.ts';
import { AttachmentContext } from './attachments.ts';
import { OutputView } from './output-view.tsx';

interface StoredTextViewProps {
  readonly attachment: string;
  readonly byteLength: number;
  readonly preview: string;
  readonly label: string;
}

/** A text that is too long for the log: its beginning, and all of it on demand. */
export function StoredTextView({ attachment, byteLength, preview, label }: StoredTextViewProps): ReactNode {
  const fetchAttachment = useContext(AttachmentContext);
  const [whole, setWhole] = useState<string | undefined>(undefined);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const load = (): void => {
    setState('loading');
    fetchAttachment(attachment)
      .then((blob) => blob.text())
      .then(
        (text) => setWhole(text),
        () => setState('failed'),
      );
  };
  return (
    <>
      <OutputView text={whole ?? `${preview}…`} label={label} />
      {whole === undefined && (
        <p>
          <button type="button" className="button" onClick={load} disabled={state === 'loading'}>
            {en.conversation.showAll(Math.round(byteLength / 1024))}
          </button>
          {state === 'failed' && (
            <span className="problem" role="alert">
              {en.conversation.attachmentFailed}
            </span>
          )}
        </p>
      )}
    </>
  );
}
