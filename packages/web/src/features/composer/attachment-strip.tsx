import { type ReactNode, useContext, useEffect, useState } from 'react';
import * as en from '../../text/en.ts';
import { AttachmentContext } from '../../ui/attachments.ts';
import { Icon } from '../../ui/icon.tsx';
import { type Attachment, isImageType } from './attachment.ts';

interface AttachmentStripProps {
  readonly attachments: readonly Attachment[];
  readonly problems: readonly string[];
  /** False where the agent said that it takes none. */
  readonly takesImages: boolean;
  readonly onRemove: (id: string) => void;
  readonly onRetry: (id: string) => void;
}

/** The files to send: how far their upload is, why one failed, and what the agent will get of them. */
export function AttachmentStrip(props: AttachmentStripProps): ReactNode {
  const { attachments, problems, takesImages, onRemove, onRetry } = props;
  const asLink = takesImages ? undefined : attachments.find(({ mimeType }) => isImageType(mimeType));
  return (
    <>
      {attachments.length > 0 && (
        <ul className="attachments" aria-label={en.composer.files}>
          {attachments.map((attachment) => (
            <AttachmentCard key={attachment.id} attachment={attachment} onRemove={onRemove} onRetry={onRetry} />
          ))}
        </ul>
      )}
      {asLink !== undefined && <p className="soft attachments-note">{en.composer.asLink(asLink.name)}</p>}
      <div role="alert">
        {problems.map((problem) => (
          <p key={problem} className="problem">
            {problem}
          </p>
        ))}
      </div>
    </>
  );
}

interface AttachmentCardProps {
  readonly attachment: Attachment;
  readonly onRemove: (id: string) => void;
  readonly onRetry: (id: string) => void;
}

function AttachmentCard({ attachment, onRemove, onRetry }: AttachmentCardProps): ReactNode {
  const { id, name, state } = attachment;
  return (
    <li className={`attachment ${state}`} data-testid="attachment" data-state={state}>
      <Thumbnail attachment={attachment} />
      <span className="attachment-words">
        <span className="attachment-name" title={name}>
          {name}
        </span>
        <span className={state === 'failed' ? 'attachment-why' : 'soft'}>{factsOf(attachment)}</span>
      </span>
      {state === 'failed' && attachment.canRetry && (
        <IconButton icon="repeat" label={en.composer.retry(name)} onPress={() => onRetry(id)} />
      )}
      <IconButton icon="cross" label={en.composer.remove(name)} onPress={() => onRemove(id)} />
    </li>
  );
}

function IconButton({ icon, label, onPress }: { icon: 'repeat' | 'cross'; label: string; onPress: () => void }) {
  return (
    <button type="button" className="icon-button small" aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}

function Thumbnail({ attachment }: { attachment: Attachment }): ReactNode {
  const url = useThumbnail(attachment);
  // Its name may say that it is a picture, and its bytes that it is none.
  const [brokenUrl, setBrokenUrl] = useState<string | undefined>(undefined);
  const isBroken = url !== undefined && url === brokenUrl;
  return (
    <span className="attachment-thumb">
      {url === undefined || isBroken ? (
        <Icon name={isImageType(attachment.mimeType) && !isBroken ? 'image' : 'file'} />
      ) : (
        <img src={url} alt="" onError={() => setBrokenUrl(url)} />
      )}
      {attachment.state === 'uploading' && <ProgressRing attachment={attachment} />}
    </span>
  );
}

const RADIUS = 14;
const LENGTH = 2 * Math.PI * RADIUS;

function ProgressRing({ attachment }: { attachment: Extract<Attachment, { state: 'uploading' }> }): ReactNode {
  const percent = percentOf(attachment);
  return (
    <span
      className="progress-ring"
      role="progressbar"
      aria-label={en.composer.uploadingName(attachment.name)}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <svg viewBox="0 0 36 36" width="32" height="32" aria-hidden="true">
        <circle cx="18" cy="18" r={RADIUS} />
        <circle
          className="progress-ring-done"
          cx="18"
          cy="18"
          r={RADIUS}
          strokeDasharray={`${(LENGTH * percent) / 100} ${LENGTH}`}
        />
      </svg>
    </span>
  );
}

/** Its own address while the page has the bytes; after a reload the picture comes from the session. */
function useThumbnail(attachment: Attachment): string | undefined {
  const fetchAttachment = useContext(AttachmentContext);
  const [fetched, setFetched] = useState<string | undefined>(undefined);
  const { previewUrl, mimeType } = attachment;
  const stored = attachment.state === 'stored' && isImageType(mimeType) ? attachment.attachment : undefined;
  useEffect(() => {
    if (previewUrl !== undefined || stored === undefined) return;
    let url: string | undefined;
    let isCurrent = true;
    fetchAttachment(stored).then(
      (blob) => {
        if (!isCurrent) return;
        url = URL.createObjectURL(blob);
        setFetched(url);
      },
      // Its name stands beside it.
      () => setFetched(undefined),
    );
    return () => {
      isCurrent = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [fetchAttachment, previewUrl, stored]);
  return previewUrl ?? fetched;
}

function factsOf(attachment: Attachment): string {
  switch (attachment.state) {
    case 'uploading':
      return en.composer.uploading(percentOf(attachment));
    case 'stored':
      return en.composer.size(attachment.byteLength);
    case 'failed':
      return attachment.message;
  }
}

function percentOf({ sentBytes, byteLength }: { sentBytes: number; byteLength: number }): number {
  return byteLength === 0 ? 0 : Math.min(100, Math.round((sentBytes / byteLength) * 100));
}
