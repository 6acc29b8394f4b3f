import { type ReactNode, useContext, useEffect, useState } from 'react';
import { en } from '../../text/en.ts';
import { AttachmentContext } from '../../ui/attachments.ts';

/** An image that lies in the session's attachments. It needs the sign-in, so it is fetched rather than linked. */
export function StoredImageView({ sha256 }: { sha256: string }): ReactNode {
  const fetchAttachment = useContext(AttachmentContext);
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    let made: string | undefined;
    fetchAttachment(sha256).then(
      (blob) => {
        if (!isCurrent) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      // The placeholder stays: the prompt's text is what matters.
      () => setUrl(undefined),
    );
    return () => {
      isCurrent = false;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [sha256, fetchAttachment]);
  return url === undefined ? (
    <p className="chip">{en.conversation.image}</p>
  ) : (
    <img className="prompt-image" src={url} alt={en.conversation.image} />
  );
}
